from ..._core import OpenIntEnum, reader


class NoiseLearnerInputVersion(OpenIntEnum):
    """For NoiseLearner, should always be 2"""

    VALUE_2 = 2


read = reader(NoiseLearnerInputVersion)
