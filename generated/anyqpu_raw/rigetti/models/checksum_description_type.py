from ..._core import OpenStrEnum, reader


class ChecksumDescriptionType(OpenStrEnum):
    """ChecksumDescriptionType"""

    MD5 = "md5"


read = reader(ChecksumDescriptionType)
