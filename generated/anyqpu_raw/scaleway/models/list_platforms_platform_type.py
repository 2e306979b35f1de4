from ..._core import OpenStrEnum, reader


class ListPlatformsPlatformType(OpenStrEnum):
    """ListPlatformsPlatformType"""

    QPU = "qpu"
    SIMULATOR = "simulator"
    UNKNOWN_TYPE = "unknown_type"


read = reader(ListPlatformsPlatformType)
