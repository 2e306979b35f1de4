from ..._core import OpenIntEnum, reader


class EstimatorV2InputResilienceLevel(OpenIntEnum):
    """How much resilience to build against errors"""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2


read = reader(EstimatorV2InputResilienceLevel)
