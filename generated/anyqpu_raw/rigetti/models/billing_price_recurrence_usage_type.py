from ..._core import OpenStrEnum


class BillingPriceRecurrenceUsageType(OpenStrEnum):
    """BillingPriceRecurrenceUsageType"""

    LICENSED = "licensed"
    METERED = "metered"
