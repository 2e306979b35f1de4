from ..._core import OpenStrEnum, reader


class NormalizedUnmappedResultType(OpenStrEnum):
    """NormalizedUnmappedResultType"""

    UNMAPPED = "unmapped"


read = reader(NormalizedUnmappedResultType)
