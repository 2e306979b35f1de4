from ..._core import OpenStrEnum


class EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1(OpenStrEnum):
    """EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1"""

    AUTO = "auto"
