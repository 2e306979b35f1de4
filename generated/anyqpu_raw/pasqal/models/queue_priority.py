from ..._core import OpenStrEnum


class QueuePriority(OpenStrEnum):
    """QueuePriority"""

    CRITICAL = "CRITICAL"
    FREE = "FREE"
    HIGH = "HIGH"
    LOW = "LOW"
    MEDIUM = "MEDIUM"
