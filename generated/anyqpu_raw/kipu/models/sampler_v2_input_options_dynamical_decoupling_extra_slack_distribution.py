from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution(OpenStrEnum):
    """Where to put extra timing delays due to rounding issues"""

    EDGES = "edges"
    MIDDLE = "middle"


read = reader(SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution)
