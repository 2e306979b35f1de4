from ..._core import OpenStrEnum, reader


class JobStatus(OpenStrEnum):
    """Job status."""

    CANCELLED = "cancelled"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    ERROR = "error"
    RUNNING = "running"
    UNKNOWN_STATUS = "unknown_status"
    WAITING = "waiting"


read = reader(JobStatus)
