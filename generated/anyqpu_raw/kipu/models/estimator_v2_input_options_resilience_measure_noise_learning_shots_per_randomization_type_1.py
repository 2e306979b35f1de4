from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1(OpenStrEnum):
    """EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1"""

    AUTO = "auto"


read = reader(EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1)
