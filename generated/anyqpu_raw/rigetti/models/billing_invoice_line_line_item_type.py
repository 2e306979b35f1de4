from ..._core import OpenStrEnum


class BillingInvoiceLineLineItemType(OpenStrEnum):
    """BillingInvoiceLineLineItemType"""

    INVOICEITEM = "invoiceitem"
    SUBSCRIPTION = "subscription"
