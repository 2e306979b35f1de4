from ..._core import OpenStrEnum, reader


class BillingPriceRecurrenceAggregateUsage(OpenStrEnum):
    """BillingPriceRecurrenceAggregateUsage"""

    LAST_DURING_PERIOD = "last_during_period"
    LAST_EVER = "last_ever"
    MAX = "max"
    SUM = "sum"


read = reader(BillingPriceRecurrenceAggregateUsage)
