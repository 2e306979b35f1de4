from ..._core import OpenStrEnum, reader


class IQMJobInputDdMode(OpenStrEnum):
    """Dynamical decoupling mode."""

    DISABLED = "disabled"
    ENABLED = "enabled"


read = reader(IQMJobInputDdMode)
