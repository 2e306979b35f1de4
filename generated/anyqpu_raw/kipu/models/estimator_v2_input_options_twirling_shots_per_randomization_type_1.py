from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1(OpenStrEnum):
    """EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1"""

    AUTO = "auto"


read = reader(EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1)
