"""Accounts: users and groups, what they owe and have paid."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from anyqpu_raw.rigetti.client import RawClient
from anyqpu_raw.rigetti.models import (
    AddGroupUserRequest,
    ListAccountBillingInvoiceLinesResponse,
    ListAccountBillingInvoicesResponse,
    ListGroupsResponse,
    ListGroupUsersResponse,
    RemoveGroupUserRequest,
)

from anyqpu.core.arguments import checked_text
from anyqpu.core.jobs import JobsClient
from anyqpu.core.memory import Memory
from anyqpu.errors import ValidationError
from anyqpu.model.money import Money
from anyqpu.paging import Pager, by_token
from anyqpu.providers.rigetti import account_mapping, mapping
from anyqpu.providers.rigetti.processors import PAGE_SIZE
from anyqpu.providers.rigetti.records import BillingCustomer, Group, Invoice, InvoiceLine, User


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose account it is: a group by its name, or a user by the id that paths take."""

    group: str | None
    user: str = ""


class RigettiAccounts(JobsClient[RawClient]):
    """The part of the client that deals with users, groups and billing.

    Where a method takes `group` and `user`, at most one may be given: the name of a group, or a user's `id`. Without
    them it is the account that the client acts for: `account_id` of its settings, or the user of its token.
    """

    _me: Memory[str]

    async def user(self) -> User:
        """The user of the client's token (AuthGetUser)."""
        return account_mapping.user_of(await self.raw.auth_get_user())

    async def _payer(self, group: str | None, user: str | None) -> Payer:
        named = self._named_payer(group, user)
        if named is not None:
            return named
        account, kind = (self.settings.get_value(f"account_{part}") for part in ("id", "type"))
        if account is not None:
            return Payer(account) if (kind or "").lower() == "group" else Payer(None, account)
        return Payer(None, await self._own_id())

    async def _own_id(self) -> str:
        """Return the id of the user of the client's token (AuthGetUser, once)."""

        async def ask() -> str:
            return (await self.user()).id

        return await self._me.look_up("me", ask)

    def _named_payer(self, group: str | None, user: str | None) -> Payer | None:
        """Return the account that a call names, None if it names none; raise `ValidationError` for two."""
        if group is not None and user is not None:
            raise ValidationError("give group or user, not both", provider=self.provider, fields=("group", "user"))
        if group is not None:
            return Payer(mapping.needed(group, "group", "my-group"))
        return None if user is None else Payer(None, mapping.needed(user, "user", "00u1a2b3c4"))

    # Billing

    async def balance(self, *, group: str | None = None, user: str | None = None) -> Money:
        """The credit that an account can spend, in USD (GetUserBalance, GetGroupBalance).

        Rigetti counts what is owed, in cents; this is the opposite: what is left, and negative if something is owed.

        Raises:
            PermissionDeniedError: It is somebody else's.
            NotFoundError: There is no such account.
        """
        payer = await self._payer(group, user)
        if payer.group is not None:
            return account_mapping.balance_of(await self.raw.get_group_balance(payer.group))
        return account_mapping.balance_of(await self.raw.get_user_balance(payer.user))

    async def billing_customer(self, *, group: str | None = None, user: str | None = None) -> BillingCustomer:
        """An account as the service that bills knows it (GetUserBillingCustomer, GetGroupBillingCustomer)."""
        payer = await self._payer(group, user)
        if payer.group is not None:
            return account_mapping.customer_of(await self.raw.get_group_billing_customer(payer.group))
        return account_mapping.customer_of(await self.raw.get_user_billing_customer(payer.user))

    def invoices(
        self,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int = PAGE_SIZE,
        resume_token: str | None = None,
    ) -> Pager[Invoice]:
        """An account's past invoices; amounts are in USD (ListUserBillingInvoices, ListGroupBillingInvoices)."""

        self._named_payer(group, user)
        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> ListAccountBillingInvoicesResponse:
            payer = await self._payer(group, user)
            options: dict[str, Any] = {"page_size": page_size, "page_token": token}
            if payer.group is not None:
                return await self.raw.list_group_billing_invoices(payer.group, **options)
            return await self.raw.list_user_billing_invoices(payer.user, **options)

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "billing_invoices", account_mapping.invoice_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda invoice: invoice.id,
            name="ListBillingInvoices",
        )

    def invoice_lines(
        self,
        invoice: str | Invoice,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int = PAGE_SIZE,
        resume_token: str | None = None,
    ) -> Pager[InvoiceLine]:
        """What an invoice consists of (ListUserBillingInvoiceLines, ListGroupBillingInvoiceLines).

        Those of `upcoming_invoice` are listed too (ListUserUpcomingBillingInvoiceLines,
        ListGroupUpcomingBillingInvoiceLines).

        Args:
            invoice: The invoice, or its identifier.
            group: Whose it is, if it is a group's.
            user: Whose it is, if it is another user's.
            page_size: How many to ask for at once.
            resume_token: Of a pager of the same list.
        """
        id = invoice.id if isinstance(invoice, Invoice) else invoice
        if not isinstance(invoice, Invoice) or id is not None:
            mapping.needed(id, "invoice", "in_1a2b3c")

        self._named_payer(group, user)
        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> ListAccountBillingInvoiceLinesResponse:
            payer = await self._payer(group, user)
            options: dict[str, Any] = {"page_size": page_size, "page_token": token}
            if payer.group is not None:
                if id is None:
                    return await self.raw.list_group_upcoming_billing_invoice_lines(payer.group, **options)
                return await self.raw.list_group_billing_invoice_lines(payer.group, id, **options)
            if id is None:
                return await self.raw.list_user_upcoming_billing_invoice_lines(payer.user, **options)
            return await self.raw.list_user_billing_invoice_lines(payer.user, id, **options)

        return _lines(fetch, resume_token)

    async def upcoming_invoice(self, *, group: str | None = None, user: str | None = None) -> Invoice:
        """The invoice of the present month (GetUserUpcomingBillingInvoice, GetGroupUpcomingBillingInvoice).

        It has no identifier; `invoice_lines` takes it all the same.
        """
        payer = await self._payer(group, user)
        if payer.group is not None:
            return account_mapping.invoice_of(await self.raw.get_group_upcoming_billing_invoice(payer.group))
        return account_mapping.invoice_of(await self.raw.get_user_upcoming_billing_invoice(payer.user))

    # Groups

    def groups(
        self, *, user: str | None = None, page_size: int = PAGE_SIZE, resume_token: str | None = None
    ) -> Pager[Group]:
        """The groups that a user belongs to; without `user` that of the token (ListUserGroups)."""
        if user is not None:
            mapping.needed(user, "user", "00u1a2b3c4")

        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> ListGroupsResponse:
            id = await self._own_id() if user is None else user
            return await self.raw.list_user_groups(id, page_size=page_size, page_token=token)

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "groups", account_mapping.group_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda group: group.id,
            name="ListGroups",
        )

    def group_members(
        self, group: str | Group, *, page_size: int = PAGE_SIZE, resume_token: str | None = None
    ) -> Pager[User]:
        """The users in a group (ListGroupUsers). A change may take up to an hour to be seen."""
        name = mapping.needed(group.name if isinstance(group, Group) else group, "group", "my-group")

        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> ListGroupUsersResponse:
            return await self.raw.list_group_users(name, page_size=page_size, page_token=token)

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "users", account_mapping.user_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda user: user.id,
            name="ListGroupUsers",
        )

    async def add_to_group(
        self, group: str | Group, *, user: str | User | None = None, email: str | None = None
    ) -> None:
        """Add a user to a group, by id or e-mail address (AddGroupUser). It may take up to an hour to be seen.

        Raises:
            NotFoundError: There is no such group or user.
        """
        body = AddGroupUserRequest()
        self._membership(body, group, user, email)
        await self.raw.add_group_user(body=body)

    async def remove_from_group(
        self, group: str | Group, *, user: str | User | None = None, email: str | None = None
    ) -> None:
        """Remove a user from a group, by id or e-mail address (RemoveGroupUser). It may take up to an hour.

        Raises:
            NotFoundError: There is no such group or user.
        """
        body = RemoveGroupUserRequest()
        self._membership(body, group, user, email)
        await self.raw.remove_group_user(body=body)

    def _membership(
        self,
        body: AddGroupUserRequest | RemoveGroupUserRequest,
        group: str | Group,
        user: str | User | None,
        email: str | None,
    ) -> None:
        if (user is None) == (email is None):
            raise ValidationError(
                "say which user, by user or by email", provider=self.provider, fields=("user", "email")
            )
        body.group_name = mapping.needed(group.name if isinstance(group, Group) else group, "group", "my-group")
        if user is not None:
            body.user_id = mapping.needed(user.id if isinstance(user, User) else user, "user", "00u1a2b3c4")
        if email is not None:
            body.user_email = checked_text(email, "email", "ada@example.org", self.provider)


def _lines(
    fetch: Callable[[str | None], Awaitable[ListAccountBillingInvoiceLinesResponse]], resume_token: str | None
) -> Pager[InvoiceLine]:
    return by_token(
        fetch,
        items=lambda page: mapping.each_of(page, "billing_invoice_lines", account_mapping.invoice_line_of),
        next_token=mapping.next_token,
        resume_token=resume_token,
        identity=lambda line: line.id,
        name="ListBillingInvoiceLines",
    )
