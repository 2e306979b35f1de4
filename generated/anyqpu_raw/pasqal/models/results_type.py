from ..._core import OpenStrEnum


class ResultsType(OpenStrEnum):
    """ResultsType"""

    COUNTER = "counter"
    EXPECTATION = "expectation"
    RUN = "run"
    SAMPLE = "sample"
