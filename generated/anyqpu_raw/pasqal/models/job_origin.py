from ..._core import OpenStrEnum, reader


class JobOrigin(OpenStrEnum):
    """JobOrigin"""

    AZURE = "AZURE"
    CLIENT = "CLIENT"
    OVH = "OVH"
    UNKNOWN = "UNKNOWN"


read = reader(JobOrigin)
