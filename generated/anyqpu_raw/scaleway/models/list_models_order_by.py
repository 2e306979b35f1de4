from ..._core import OpenStrEnum, reader


class ListModelsOrderBy(OpenStrEnum):
    """ListModelsOrderBy"""

    CREATED_AT_ASC = "created_at_asc"
    CREATED_AT_DESC = "created_at_desc"


read = reader(ListModelsOrderBy)
