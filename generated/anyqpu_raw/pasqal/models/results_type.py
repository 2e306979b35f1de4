from ..._core import OpenStrEnum, reader


class ResultsType(OpenStrEnum):
    """ResultsType"""

    COUNTER = "counter"
    EXPECTATION = "expectation"
    RUN = "run"
    SAMPLE = "sample"


read = reader(ResultsType)
