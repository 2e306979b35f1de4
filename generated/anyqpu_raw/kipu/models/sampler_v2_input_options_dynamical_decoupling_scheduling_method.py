from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod(OpenStrEnum):
    """Whether to schedule gates as soon as ('asap') or as late as ('alap') possible"""

    ALAP = "alap"
    ASAP = "asap"


read = reader(SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod)
