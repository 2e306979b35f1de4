from ..._core import OpenStrEnum


class BatchStatus(OpenStrEnum):
    """An enumeration."""

    CANCELED = "CANCELED"
    CANCELING = "CANCELING"
    DONE = "DONE"
    ERROR = "ERROR"
    PAUSED = "PAUSED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    TIMED_OUT = "TIMED_OUT"
