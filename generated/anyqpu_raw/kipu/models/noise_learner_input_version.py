from ..._core import OpenIntEnum


class NoiseLearnerInputVersion(OpenIntEnum):
    """For NoiseLearner, should always be 2"""

    VALUE_2 = 2
