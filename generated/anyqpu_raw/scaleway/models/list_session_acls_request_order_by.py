from ..._core import OpenStrEnum


class ListSessionAclsRequestOrderBy(OpenStrEnum):
    """ListSessionAclsRequestOrderBy"""

    ACCESS_ASC = "access_asc"
    ACCESS_DESC = "access_desc"
