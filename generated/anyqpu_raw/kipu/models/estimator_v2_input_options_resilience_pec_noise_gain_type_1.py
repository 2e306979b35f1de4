from ..._core import OpenStrEnum


class EstimatorV2InputOptionsResiliencePecNoiseGainType1(OpenStrEnum):
    """EstimatorV2InputOptionsResiliencePecNoiseGainType1"""

    AUTO = "auto"
