from ..._core import OpenStrEnum, reader


class BillingInvoiceLineLineItemType(OpenStrEnum):
    """BillingInvoiceLineLineItemType"""

    INVOICEITEM = "invoiceitem"
    SUBSCRIPTION = "subscription"


read = reader(BillingInvoiceLineLineItemType)
