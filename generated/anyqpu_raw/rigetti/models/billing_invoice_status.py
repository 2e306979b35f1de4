from ..._core import OpenStrEnum, reader


class BillingInvoiceStatus(OpenStrEnum):
    """BillingInvoiceStatus"""

    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    UNCOLLECTIBLE = "uncollectible"
    VOID = "void"


read = reader(BillingInvoiceStatus)
