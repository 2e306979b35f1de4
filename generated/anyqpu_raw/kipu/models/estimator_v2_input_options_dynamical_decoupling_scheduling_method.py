from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod(OpenStrEnum):
    """Whether to schedule gates as soon as ('asap') or as late as ('alap') possible"""

    ALAP = "alap"
    ASAP = "asap"


read = reader(EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod)
