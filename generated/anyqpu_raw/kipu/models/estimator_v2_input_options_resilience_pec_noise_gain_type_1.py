from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsResiliencePecNoiseGainType1(OpenStrEnum):
    """EstimatorV2InputOptionsResiliencePecNoiseGainType1"""

    AUTO = "auto"


read = reader(EstimatorV2InputOptionsResiliencePecNoiseGainType1)
