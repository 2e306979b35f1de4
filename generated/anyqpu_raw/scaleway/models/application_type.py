from ..._core import OpenStrEnum


class ApplicationType(OpenStrEnum):
    """Type of the application."""

    UNKNOWN_TYPE = "unknown_type"
    VQE = "vqe"
