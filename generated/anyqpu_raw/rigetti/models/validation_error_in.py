from ..._core import OpenStrEnum, reader


class ValidationErrorIn(OpenStrEnum):
    """ValidationErrorIn"""

    BODY = "body"
    HEADER = "header"
    PATH = "path"
    QUERY = "query"


read = reader(ValidationErrorIn)
