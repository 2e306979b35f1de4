from ..._core import OpenStrEnum, reader


class SessionStatus(OpenStrEnum):
    """State of a session. CLOSED, ABORTED and DETACHED are final."""

    ABORTED = "ABORTED"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    DETACHED = "DETACHED"
    DRAINING = "DRAINING"
    INACTIVE = "INACTIVE"
    OPEN = "OPEN"
    UNKNOWN = "UNKNOWN"


read = reader(SessionStatus)
