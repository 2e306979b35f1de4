from ..._core import OpenStrEnum, reader


class SessionStatus(OpenStrEnum):
    """Status of the session."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPED = "stopped"
    STOPPING = "stopping"
    UNKNOWN_STATUS = "unknown_status"


read = reader(SessionStatus)
