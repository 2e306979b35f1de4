from ..._core import OpenStrEnum, reader


class NormalizedCountsResultType(OpenStrEnum):
    """NormalizedCountsResultType"""

    COUNTS = "counts"


read = reader(NormalizedCountsResultType)
