from ..._core import OpenStrEnum, reader


class BackendType(OpenStrEnum):
    """Category of a backend. QPU is a physical quantum processing unit; SIMULATOR emulates quantum execution on
    classical hardware; ANNEALER is a quantum annealer."""

    ANNEALER = "ANNEALER"
    QPU = "QPU"
    SIMULATOR = "SIMULATOR"
    UNKNOWN = "UNKNOWN"


read = reader(BackendType)
