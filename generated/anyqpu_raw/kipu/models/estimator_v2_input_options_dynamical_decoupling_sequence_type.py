from ..._core import OpenStrEnum


class EstimatorV2InputOptionsDynamicalDecouplingSequenceType(OpenStrEnum):
    """Which dynamical decoupling sequence to use"""

    XPXM = "XpXm"
    XX = "XX"
    XY4 = "XY4"
