from ..._core import OpenStrEnum, reader


class IBMJobInputParamsLogLevel(OpenStrEnum):
    """Log level for the job execution"""

    CRITICAL = "critical"
    DEBUG = "debug"
    ERROR = "error"
    INFO = "info"
    WARNING = "warning"


read = reader(IBMJobInputParamsLogLevel)
