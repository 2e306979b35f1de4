from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsDynamicalDecouplingSequenceType(OpenStrEnum):
    """Which dynamical decoupling sequence to use"""

    XPXM = "XpXm"
    XX = "XX"
    XY4 = "XY4"


read = reader(SamplerV2InputOptionsDynamicalDecouplingSequenceType)
