from ..._core import OpenStrEnum, reader


class ProcessStatus(OpenStrEnum):
    """Status of the process."""

    CANCELLED = "cancelled"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    ERROR = "error"
    RUNNING = "running"
    STARTING = "starting"
    UNKNOWN_STATUS = "unknown_status"


read = reader(ProcessStatus)
