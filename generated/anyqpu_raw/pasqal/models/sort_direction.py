from ..._core import OpenStrEnum


class SortDirection(OpenStrEnum):
    """An enumeration."""

    ASC = "ASC"
    DESC = "DESC"
