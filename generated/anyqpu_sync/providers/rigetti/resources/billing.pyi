"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.billing`. Written by scripts/sync."""

from anyqpu_sync.paging.pager import Pager

from anyqpu.model.money import Money
from anyqpu.providers.rigetti.records import BillingCustomer, Invoice, InvoiceLine

class Billing:
    """Credit and invoices of accounts; amounts are in USD.

    Each method takes the name of a `group` or the `id` of a `user`, not both. Without them it is about the account
    that the client acts for: `account_id` of its settings, or the user of its token.
    """
    def balance(self, *, group: str | None = None, user: str | None = None) -> Money:
        """Return the credit that an account can spend (GetUserBalance, GetGroupBalance).

        Rigetti counts what is owed, in cents. This is the opposite: what is left, and negative if something is owed.

        Raises:
            PermissionDeniedError: The account belongs to others.
            NotFoundError: There is no such account.
        """
        ...
    def customer(self, *, group: str | None = None, user: str | None = None) -> BillingCustomer:
        """Return an account as the billing service knows it (GetUserBillingCustomer, GetGroupBillingCustomer)."""
        ...
    def invoices(
        self,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Invoice]:
        """List an account's past invoices (ListUserBillingInvoices, ListGroupBillingInvoices)."""
        ...
    def upcoming_invoice(self, *, group: str | None = None, user: str | None = None) -> Invoice:
        """Return the invoice of the present month (GetUserUpcomingBillingInvoice, GetGroupUpcomingBillingInvoice).

        It has no identifier; `invoice_lines` takes it all the same.
        """
        ...
    def invoice_lines(
        self,
        invoice: str | Invoice,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[InvoiceLine]:
        """List the lines of an invoice (ListUserBillingInvoiceLines, ListGroupBillingInvoiceLines).

        Those of `upcoming_invoice` are listed too (ListUserUpcomingBillingInvoiceLines,
        ListGroupUpcomingBillingInvoiceLines).

        Args:
            invoice: The invoice, or its identifier.
            group: The group whose invoice it is.
            user: The user whose invoice it is.
            page_size: Lines per request; None: 100.
            resume_token: `resume_token` of a pager of the same list.
        """
        ...
