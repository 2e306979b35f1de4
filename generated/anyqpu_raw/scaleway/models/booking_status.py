from ..._core import OpenStrEnum, reader


class BookingStatus(OpenStrEnum):
    """Status of the booking."""

    CANCELLED = "cancelled"
    CANCELLING = "cancelling"
    ERROR = "error"
    UNKNOWN_STATUS = "unknown_status"
    VALIDATED = "validated"
    VALIDATING = "validating"
    WAITING = "waiting"


read = reader(BookingStatus)
