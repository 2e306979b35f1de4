from ..._core import OpenStrEnum, reader


class JobStatus(OpenStrEnum):
    """An enumeration."""

    CANCELED = "CANCELED"
    CANCELING = "CANCELING"
    DONE = "DONE"
    ERROR = "ERROR"
    PENDING = "PENDING"
    RUNNING = "RUNNING"


read = reader(JobStatus)
