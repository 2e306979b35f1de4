from ..._core import OpenStrEnum


class BillingPriceRecurrenceInterval(OpenStrEnum):
    """BillingPriceRecurrenceInterval"""

    DAY = "day"
    MONTH = "month"
    WEEK = "week"
    YEAR = "year"
