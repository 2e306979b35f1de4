from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsTwirlingNumRandomizationsType1(OpenStrEnum):
    """EstimatorV2InputOptionsTwirlingNumRandomizationsType1"""

    AUTO = "auto"


read = reader(EstimatorV2InputOptionsTwirlingNumRandomizationsType1)
