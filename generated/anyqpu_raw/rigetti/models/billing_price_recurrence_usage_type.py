from ..._core import OpenStrEnum, reader


class BillingPriceRecurrenceUsageType(OpenStrEnum):
    """BillingPriceRecurrenceUsageType"""

    LICENSED = "licensed"
    METERED = "metered"


read = reader(BillingPriceRecurrenceUsageType)
