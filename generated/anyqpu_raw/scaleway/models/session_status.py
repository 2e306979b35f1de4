from ..._core import OpenStrEnum


class SessionStatus(OpenStrEnum):
    """Status of the session."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPED = "stopped"
    STOPPING = "stopping"
    UNKNOWN_STATUS = "unknown_status"
