from ..._core import OpenStrEnum


class EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1(OpenStrEnum):
    """EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1"""

    AUTO = "auto"
