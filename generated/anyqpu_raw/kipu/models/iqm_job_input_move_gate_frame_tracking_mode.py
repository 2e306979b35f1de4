from ..._core import OpenStrEnum, reader


class IQMJobInputMoveGateFrameTrackingMode(OpenStrEnum):
    """Frame tracking mode for MOVE gates."""

    FULL = "full"
    NONE = "none"
    NO_DETUNING_CORRECTION = "no_detuning_correction"


read = reader(IQMJobInputMoveGateFrameTrackingMode)
