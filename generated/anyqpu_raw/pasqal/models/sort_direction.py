from ..._core import OpenStrEnum, reader


class SortDirection(OpenStrEnum):
    """An enumeration."""

    ASC = "ASC"
    DESC = "DESC"


read = reader(SortDirection)
