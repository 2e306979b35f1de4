from ..._core import OpenStrEnum, reader


class BillingPricePriceType(OpenStrEnum):
    """One of `one_time` or `recurring` depending on whether the price is for a one-time purchase or a recurring
    (subscription) purchase."""

    ONE_TIME = "one_time"
    RECURRING = "recurring"


read = reader(BillingPricePriceType)
