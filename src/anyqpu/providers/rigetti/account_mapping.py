"""Map Rigetti's models of accounts and billing to those of `records`."""

from __future__ import annotations

from anyqpu_raw.rigetti.models import (
    AccountBalance,
    BillingInvoice,
    BillingInvoiceLine,
    BillingUpcomingInvoice,
)
from anyqpu_raw.rigetti.models import BillingCustomer as RawBillingCustomer
from anyqpu_raw.rigetti.models import Group as RawGroup
from anyqpu_raw.rigetti.models import User as RawUser

from anyqpu.core.reading import OddResponseError, identity, reads, status_word
from anyqpu.core.values import or_none, parse_time, text
from anyqpu.model.money import Money
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.providers.rigetti.mapping import cents
from anyqpu.providers.rigetti.records import (
    BillingCustomer,
    Group,
    Invoice,
    InvoiceLine,
    User,
)


@reads(PROVIDER)
def user_of(raw: RawUser) -> User:
    """Return the user; the profile may be missing."""
    profile = or_none(raw.profile)
    return User(
        provider=PROVIDER,
        id=identity(raw.idp_id, "idpId"),
        number=or_none(raw.id),
        created_at=parse_time(raw.created_time),
        email=or_none(profile.email) if profile else None,
        first_name=or_none(profile.first_name) if profile else None,
        last_name=or_none(profile.last_name) if profile else None,
        organization=or_none(profile.organization) if profile else None,
        raw=raw,
    )


@reads(PROVIDER)
def group_of(raw: RawGroup) -> Group:
    """Return the group."""
    return Group(
        provider=PROVIDER,
        id=identity(raw.id),
        name=or_none(raw.name),
        description=or_none(raw.description),
        created_at=parse_time(raw.created_time),
        updated_at=parse_time(raw.updated_time),
        members_updated_at=parse_time(raw.last_membership_updated_time),
        raw=raw,
    )


@reads(PROVIDER)
def balance_of(raw: AccountBalance) -> Money:
    """Return the credit of an account: the service counts what is owed."""
    owed = cents(raw.balance)
    if owed is None:
        raise OddResponseError("'balance' is missing or not a whole number of cents")
    return owed * -1


@reads(PROVIDER)
def customer_of(raw: RawBillingCustomer) -> BillingCustomer:
    """Return the account as the billing service has it."""
    return BillingCustomer(provider=PROVIDER, id=identity(raw.id), email=or_none(raw.email), raw=raw)


@reads(PROVIDER)
def invoice_of(raw: BillingInvoice | BillingUpcomingInvoice) -> Invoice:
    """Return the invoice; one that is upcoming has no identifier."""
    return Invoice(
        provider=PROVIDER,
        id=identity(raw.id) if isinstance(raw, BillingInvoice) else None,
        status=status_word(raw.status),
        period_start=parse_time(raw.period_start),
        period_end=parse_time(raw.period_end),
        starting_balance=cents(raw.starting_balance),
        subtotal=cents(raw.subtotal),
        tax=cents(raw.tax),
        total=cents(raw.total),
        raw=raw,
    )


@reads(PROVIDER)
def invoice_line_of(raw: BillingInvoiceLine) -> InvoiceLine:
    """Return the line of an invoice."""
    return InvoiceLine(
        provider=PROVIDER,
        id=identity(raw.id),
        description=or_none(raw.description),
        amount=cents(raw.amount),
        quantity=or_none(raw.quantity),
        kind=text(raw.line_item_type),
        metadata=dict(or_none(raw.metadata) or {}),
        raw=raw,
    )
