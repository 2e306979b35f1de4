from ..._core import OpenStrEnum, reader


class ListProcessResultsOrderBy(OpenStrEnum):
    """ListProcessResultsOrderBy"""

    CREATED_AT_ASC = "created_at_asc"
    CREATED_AT_DESC = "created_at_desc"


read = reader(ListProcessResultsOrderBy)
