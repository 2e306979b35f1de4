from ..._core import OpenStrEnum


class JobStatus(OpenStrEnum):
    """State of a job. COMPLETED, FAILED, CANCELLED and ABORTED are final."""

    ABORTED = "ABORTED"
    CANCELLED = "CANCELLED"
    CANCELLING = "CANCELLING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    UNKNOWN = "UNKNOWN"
