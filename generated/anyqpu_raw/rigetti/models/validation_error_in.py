from ..._core import OpenStrEnum


class ValidationErrorIn(OpenStrEnum):
    """ValidationErrorIn"""

    BODY = "body"
    HEADER = "header"
    PATH = "path"
    QUERY = "query"
