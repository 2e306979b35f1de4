"""Billing: what an account can spend, and its invoices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from anyqpu_raw.rigetti import pages

from anyqpu._lazy import LazyModule
from anyqpu.errors import ValidationError
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti.arguments import PROVIDER, checked_id

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.model.money import Money
    from anyqpu.providers.rigetti import account_mapping, records
    from anyqpu.providers.rigetti.records import BillingCustomer, Invoice, InvoiceLine
    from anyqpu.providers.rigetti.resources.accounts import Accounts
else:
    reading = LazyModule("anyqpu.core.reading")
    account_mapping = LazyModule("anyqpu.providers.rigetti.account_mapping")
    records = LazyModule("anyqpu.providers.rigetti.records")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as paths name it: a group by its name, or a user by its identifier."""

    id: str
    is_group: bool


class Billing:
    """Credit and invoices of accounts; amounts are in USD.

    Each method takes the name of a `group` or the `id` of a `user`, not both. Without them it is about the account
    that the client acts for: `account_id` of its settings, or the user of its token.
    """

    def __init__(self, context: Context[RawClient], accounts: Accounts) -> None:
        self._raw = context.raw
        self._settings = context.settings
        self._user_id = accounts.user_id

    async def balance(self, *, group: str | None = None, user: str | None = None) -> Money:
        """Return the credit that an account can spend (GetUserBalance, GetGroupBalance).

        Rigetti counts what is owed, in cents. This is the opposite: what is left, and negative if something is owed.

        Raises:
            PermissionDeniedError: The account belongs to others.
            NotFoundError: There is no such account.
        """
        call = self._call(group, user, of_group=self._raw.get_group_balance, of_user=self._raw.get_user_balance)
        return account_mapping.balance_of(await call())

    async def customer(self, *, group: str | None = None, user: str | None = None) -> BillingCustomer:
        """Return an account as the billing service knows it (GetUserBillingCustomer, GetGroupBillingCustomer)."""
        raw = self._raw
        call = self._call(group, user, of_group=raw.get_group_billing_customer, of_user=raw.get_user_billing_customer)
        return account_mapping.customer_of(await call())

    def invoices(
        self,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Invoice]:
        """List an account's past invoices (ListUserBillingInvoices, ListGroupBillingInvoices)."""
        raw = self._raw
        return paginate(
            self._call(group, user, of_group=raw.list_group_billing_invoices, of_user=raw.list_user_billing_invoices),
            pages.LIST_USER_BILLING_INVOICES,
            to_items=lambda invoices: reading.read_each(PROVIDER, invoices, account_mapping.invoice_of),
            page_size=page_size,
            resume_token=resume_token,
            name="ListBillingInvoices",
        )

    async def upcoming_invoice(self, *, group: str | None = None, user: str | None = None) -> Invoice:
        """Return the invoice of the present month (GetUserUpcomingBillingInvoice, GetGroupUpcomingBillingInvoice).

        It has no identifier; `invoice_lines` takes it all the same.
        """
        call = self._call(
            group,
            user,
            of_group=self._raw.get_group_upcoming_billing_invoice,
            of_user=self._raw.get_user_upcoming_billing_invoice,
        )
        return account_mapping.invoice_of(await call())

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
        raw = self._raw
        if isinstance(invoice, records.Invoice) and invoice.id is None:
            fetch = self._call(
                group,
                user,
                of_group=raw.list_group_upcoming_billing_invoice_lines,
                of_user=raw.list_user_upcoming_billing_invoice_lines,
            )
        else:
            call = self._call(
                group,
                user,
                of_group=raw.list_group_billing_invoice_lines,
                of_user=raw.list_user_billing_invoice_lines,
            )
            id = invoice.id if isinstance(invoice, records.Invoice) else invoice
            fetch = partial(call, checked_id(id, "invoice", "in_1a2b3c"))
        return paginate(
            fetch,
            pages.LIST_USER_BILLING_INVOICE_LINES,
            to_items=lambda lines: reading.read_each(PROVIDER, lines, account_mapping.invoice_line_of),
            page_size=page_size,
            resume_token=resume_token,
            name="ListBillingInvoiceLines",
        )

    def _call(
        self,
        group: str | None,
        user: str | None,
        *,
        of_group: Callable[..., Awaitable[T]],
        of_user: Callable[..., Awaitable[T]],
    ) -> Callable[..., Awaitable[T]]:
        """Return a function that calls the operation of groups or that of users, for the account that is meant."""
        named = _named(group, user)

        async def send(*arguments: Any, **options: Any) -> T:
            account = named or await self._own()
            operation = of_group if account.is_group else of_user
            return await operation(account.id, *arguments, **options)

        return send

    async def _own(self) -> Account:
        """Return the account that the client acts for."""
        id, kind = (self._settings.get_value(f"account_{part}") for part in ("id", "type"))
        if id is None:
            return Account(await self._user_id(), is_group=False)
        return Account(id, is_group=(kind or "").lower() == "group")


def _named(group: str | None, user: str | None) -> Account | None:
    if group is not None and user is not None:
        raise ValidationError("give group or user, not both", provider=PROVIDER, fields=("group", "user"))
    if group is not None:
        return Account(checked_id(group, "group", "my-group"), is_group=True)
    return None if user is None else Account(checked_id(user, "user", "00u1a2b3c4"), is_group=False)
