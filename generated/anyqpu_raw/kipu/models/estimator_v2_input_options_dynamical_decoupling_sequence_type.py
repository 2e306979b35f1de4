from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsDynamicalDecouplingSequenceType(OpenStrEnum):
    """Which dynamical decoupling sequence to use"""

    XPXM = "XpXm"
    XX = "XX"
    XY4 = "XY4"


read = reader(EstimatorV2InputOptionsDynamicalDecouplingSequenceType)
