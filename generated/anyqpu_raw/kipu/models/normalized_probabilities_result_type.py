from ..._core import OpenStrEnum, reader


class NormalizedProbabilitiesResultType(OpenStrEnum):
    """NormalizedProbabilitiesResultType"""

    PROBABILITIES = "probabilities"


read = reader(NormalizedProbabilitiesResultType)
