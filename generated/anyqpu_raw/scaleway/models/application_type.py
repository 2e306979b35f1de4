from ..._core import OpenStrEnum, reader


class ApplicationType(OpenStrEnum):
    """Type of the application."""

    UNKNOWN_TYPE = "unknown_type"
    VQE = "vqe"


read = reader(ApplicationType)
