from ..._core import OpenStrEnum


class IQMJobInputDdMode(OpenStrEnum):
    """Dynamical decoupling mode."""

    DISABLED = "disabled"
    ENABLED = "enabled"
