from ..._core import OpenStrEnum, reader


class QueuePriority(OpenStrEnum):
    """QueuePriority"""

    CRITICAL = "CRITICAL"
    FREE = "FREE"
    HIGH = "HIGH"
    LOW = "LOW"
    MEDIUM = "MEDIUM"


read = reader(QueuePriority)
