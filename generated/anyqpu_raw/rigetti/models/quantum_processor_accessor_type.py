from ..._core import OpenStrEnum, reader


class QuantumProcessorAccessorType(OpenStrEnum):
    """The protocol behind the URL of an accessor."""

    DIRECT_V1 = "direct.v1"
    GATEWAY_V1 = "gateway.v1"


read = reader(QuantumProcessorAccessorType)
