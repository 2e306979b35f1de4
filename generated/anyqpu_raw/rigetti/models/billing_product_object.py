from ..._core import OpenStrEnum


class BillingProductObject(OpenStrEnum):
    """String representing the object's type. Objects of the same type share the same value."""

    PRODUCT = "product"
