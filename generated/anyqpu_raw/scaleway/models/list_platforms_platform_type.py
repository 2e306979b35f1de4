from ..._core import OpenStrEnum


class ListPlatformsPlatformType(OpenStrEnum):
    """ListPlatformsPlatformType"""

    QPU = "qpu"
    SIMULATOR = "simulator"
    UNKNOWN_TYPE = "unknown_type"
