from ..._core import OpenStrEnum, reader


class BackendTechnology(OpenStrEnum):
    """Underlying quantum technology of a backend."""

    NEUTRAL_ATOMS = "NEUTRAL_ATOMS"
    PHOTONIC = "PHOTONIC"
    SUPERCONDUCTING = "SUPERCONDUCTING"
    TRAPPED_ION = "TRAPPED_ION"
    UNKNOWN = "UNKNOWN"


read = reader(BackendTechnology)
