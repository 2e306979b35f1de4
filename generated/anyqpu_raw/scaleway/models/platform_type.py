from ..._core import OpenStrEnum


class PlatformType(OpenStrEnum):
    """Type of the platform (emulator or qpu)."""

    QPU = "qpu"
    SIMULATOR = "simulator"
    UNKNOWN_TYPE = "unknown_type"
