from ..._core import OpenStrEnum, reader


class SessionStatus(OpenStrEnum):
    """State of a session. CLOSED and ABORTED are final."""

    ABORTED = "ABORTED"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    DRAINING = "DRAINING"
    INACTIVE = "INACTIVE"
    OPEN = "OPEN"
    UNKNOWN = "UNKNOWN"


read = reader(SessionStatus)
