from ..._core import OpenStrEnum, reader


class JobStatus(OpenStrEnum):
    """State of a job. COMPLETED, FAILED, CANCELLED, ABORTED and DETACHED are final."""

    ABORTED = "ABORTED"
    CANCELLED = "CANCELLED"
    CANCELLING = "CANCELLING"
    COMPLETED = "COMPLETED"
    DETACHED = "DETACHED"
    FAILED = "FAILED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    UNKNOWN = "UNKNOWN"


read = reader(JobStatus)
