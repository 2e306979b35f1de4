from ..._core import OpenStrEnum, reader


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


read = reader(BatchStatus)
