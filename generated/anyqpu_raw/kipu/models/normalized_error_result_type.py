from ..._core import OpenStrEnum, reader


class NormalizedErrorResultType(OpenStrEnum):
    """NormalizedErrorResultType"""

    ERROR = "error"


read = reader(NormalizedErrorResultType)
