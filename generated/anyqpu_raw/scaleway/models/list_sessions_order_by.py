from ..._core import OpenStrEnum, reader


class ListSessionsOrderBy(OpenStrEnum):
    """ListSessionsOrderBy"""

    CREATED_AT_ASC = "created_at_asc"
    CREATED_AT_DESC = "created_at_desc"
    NAME_ASC = "name_asc"
    NAME_DESC = "name_desc"
    STARTED_AT_ASC = "started_at_asc"
    STARTED_AT_DESC = "started_at_desc"
    STATUS_ASC = "status_asc"
    STATUS_DESC = "status_desc"


read = reader(ListSessionsOrderBy)
