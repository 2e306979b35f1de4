from ..._core import OpenStrEnum, reader


class ListApplicationsOrderBy(OpenStrEnum):
    """ListApplicationsOrderBy"""

    NAME_ASC = "name_asc"
    NAME_DESC = "name_desc"
    TYPE_ASC = "type_asc"
    TYPE_DESC = "type_desc"


read = reader(ListApplicationsOrderBy)
