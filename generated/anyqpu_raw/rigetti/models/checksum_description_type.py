from ..._core import OpenStrEnum


class ChecksumDescriptionType(OpenStrEnum):
    """ChecksumDescriptionType"""

    MD5 = "md5"
