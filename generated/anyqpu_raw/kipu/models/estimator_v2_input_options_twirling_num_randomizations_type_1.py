from ..._core import OpenStrEnum


class EstimatorV2InputOptionsTwirlingNumRandomizationsType1(OpenStrEnum):
    """EstimatorV2InputOptionsTwirlingNumRandomizationsType1"""

    AUTO = "auto"
