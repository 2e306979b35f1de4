from ..._core import OpenStrEnum, reader


class ListApplicationsApplicationType(OpenStrEnum):
    """ListApplicationsApplicationType"""

    UNKNOWN_TYPE = "unknown_type"
    VQE = "vqe"


read = reader(ListApplicationsApplicationType)
