from ..._core import OpenStrEnum, reader


class BillingProductObject(OpenStrEnum):
    """String representing the object's type. Objects of the same type share the same value."""

    PRODUCT = "product"


read = reader(BillingProductObject)
