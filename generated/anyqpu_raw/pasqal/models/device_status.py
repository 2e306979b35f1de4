from ..._core import OpenStrEnum


class DeviceStatus(OpenStrEnum):
    """An enumeration."""

    DOWN = "DOWN"
    UP = "UP"
