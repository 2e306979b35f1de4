from ..._core import OpenIntEnum, reader


class EstimatorV2InputVersion(OpenIntEnum):
    """For EstimatorV2, version should always be 2"""

    VALUE_2 = 2


read = reader(EstimatorV2InputVersion)
