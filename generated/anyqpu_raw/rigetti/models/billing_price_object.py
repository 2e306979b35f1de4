from ..._core import OpenStrEnum, reader


class BillingPriceObject(OpenStrEnum):
    """String representing the object's type. Objects of the same type share the same value."""

    PRICE = "price"


read = reader(BillingPriceObject)
