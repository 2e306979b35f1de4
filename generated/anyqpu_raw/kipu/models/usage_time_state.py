from ..._core import OpenStrEnum, reader


class UsageTimeState(OpenStrEnum):
    """Whether a usage time is final: MEASURED is, PENDING may still change, and NOT_MEASURABLE stays without a
    number."""

    MEASURED = "MEASURED"
    NOT_MEASURABLE = "NOT_MEASURABLE"
    PENDING = "PENDING"


read = reader(UsageTimeState)
