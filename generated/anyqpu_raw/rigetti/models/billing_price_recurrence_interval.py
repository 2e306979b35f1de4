from ..._core import OpenStrEnum, reader


class BillingPriceRecurrenceInterval(OpenStrEnum):
    """BillingPriceRecurrenceInterval"""

    DAY = "day"
    MONTH = "month"
    WEEK = "week"
    YEAR = "year"


read = reader(BillingPriceRecurrenceInterval)
