from ..._core import OpenIntEnum


class EstimatorV2InputResilienceLevel(OpenIntEnum):
    """How much resilience to build against errors"""

    VALUE_0 = 0
    VALUE_1 = 1
    VALUE_2 = 2
