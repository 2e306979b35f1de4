from ..._core import OpenStrEnum, reader


class WorkloadType(OpenStrEnum):
    """An enumeration."""

    ALGORITHM_DQGM = "algorithm_dqgm"
    ALGORITHM_PDE_BASF = "algorithm_pde_basf"
    ALGORITHM_PDE_EQUALITY = "algorithm_pde_equality"
    ALGORITHM_QEL_POSCO = "algorithm_qel_posco"
    QADENCE_CIRCUIT = "qadence_circuit"


read = reader(WorkloadType)
