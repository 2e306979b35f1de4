from ..._core import OpenStrEnum, reader


class SessionOriginType(OpenStrEnum):
    """Resource type that creates the session."""

    CUSTOMER = "customer"
    PROCESS = "process"
    UNKNOWN_ORIGIN_TYPE = "unknown_origin_type"


read = reader(SessionOriginType)
