from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsExecutionMeasType(OpenStrEnum):
    """How to process and return measurement results"""

    AVG_KERNELED = "avg_kerneled"
    CLASSIFIED = "classified"
    KERNELED = "kerneled"


read = reader(SamplerV2InputOptionsExecutionMeasType)
