from ..._core import OpenStrEnum, reader


class ListSessionAclsRequestOrderBy(OpenStrEnum):
    """ListSessionAclsRequestOrderBy"""

    ACCESS_ASC = "access_asc"
    ACCESS_DESC = "access_desc"


read = reader(ListSessionAclsRequestOrderBy)
