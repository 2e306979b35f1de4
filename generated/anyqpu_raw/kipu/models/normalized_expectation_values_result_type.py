from ..._core import OpenStrEnum, reader


class NormalizedExpectationValuesResultType(OpenStrEnum):
    """NormalizedExpectationValuesResultType"""

    EXPECTATION_VALUES = "expectation_values"


read = reader(NormalizedExpectationValuesResultType)
