from ..._core import OpenStrEnum, reader


class IQMJobInputMoveValidationMode(OpenStrEnum):
    """Validation mode for MOVE gate sequences."""

    ALLOW_PRX = "allow_prx"
    NONE = "none"
    STRICT = "strict"


read = reader(IQMJobInputMoveValidationMode)
