from ..._core import OpenStrEnum


class EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod(OpenStrEnum):
    """Whether to schedule gates as soon as ('asap') or as late as ('alap') possible"""

    ALAP = "alap"
    ASAP = "asap"
