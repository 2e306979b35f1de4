from ..._core import OpenStrEnum, reader


class DeviceStatus(OpenStrEnum):
    """An enumeration."""

    DOWN = "DOWN"
    UP = "UP"


read = reader(DeviceStatus)
