from ..._core import OpenStrEnum


class JobStatus(OpenStrEnum):
    """Job status."""

    CANCELLED = "cancelled"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    ERROR = "error"
    RUNNING = "running"
    UNKNOWN_STATUS = "unknown_status"
    WAITING = "waiting"
