from ..._core import OpenStrEnum, reader


class PlatformAvailability(OpenStrEnum):
    """Availability of the platform."""

    AVAILABLE = "available"
    MAINTENANCE = "maintenance"
    SCARCE = "scarce"
    SHORTAGE = "shortage"
    UNKNOWN_AVAILABILITY = "unknown_availability"


read = reader(PlatformAvailability)
