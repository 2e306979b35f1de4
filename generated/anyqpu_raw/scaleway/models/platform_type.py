from ..._core import OpenStrEnum, reader


class PlatformType(OpenStrEnum):
    """Type of the platform (emulator or qpu)."""

    QPU = "qpu"
    SIMULATOR = "simulator"
    UNKNOWN_TYPE = "unknown_type"


read = reader(PlatformType)
