from ..._core import OpenStrEnum, reader


class ListBookingsOrderBy(OpenStrEnum):
    """ListBookingsOrderBy"""

    CREATED_AT_ASC = "created_at_asc"
    CREATED_AT_DESC = "created_at_desc"
    STARTED_AT_ASC = "started_at_asc"
    STARTED_AT_DESC = "started_at_desc"


read = reader(ListBookingsOrderBy)
