from ..._core import OpenStrEnum


class JobOrigin(OpenStrEnum):
    """JobOrigin"""

    AZURE = "AZURE"
    CLIENT = "CLIENT"
    OVH = "OVH"
    UNKNOWN = "UNKNOWN"
