from ..._core import OpenStrEnum


class ListApplicationsApplicationType(OpenStrEnum):
    """ListApplicationsApplicationType"""

    UNKNOWN_TYPE = "unknown_type"
    VQE = "vqe"
