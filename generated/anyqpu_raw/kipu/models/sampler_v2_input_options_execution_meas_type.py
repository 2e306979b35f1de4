from ..._core import OpenStrEnum


class SamplerV2InputOptionsExecutionMeasType(OpenStrEnum):
    """How to process and return measurement results"""

    AVG_KERNELED = "avg_kerneled"
    CLASSIFIED = "classified"
    KERNELED = "kerneled"
