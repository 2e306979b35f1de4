from ..._core import OpenStrEnum


class BillingInvoiceStatus(OpenStrEnum):
    """BillingInvoiceStatus"""

    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    UNCOLLECTIBLE = "uncollectible"
    VOID = "void"
