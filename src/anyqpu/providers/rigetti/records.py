"""What only Rigetti has: endpoints and grants, translations, accounts and their invoices.

Times are in UTC. None means that the service does not say, or sent something that cannot be read; `raw` has it as it
was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from anyqpu.model.money import Money
from anyqpu.transport.zeromq import CurveKeys

AccountType = Literal["user", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The way to one or more processors.

    Attributes:
        healthy: Whether it works now.
        mock: Whether there is a simulation behind it, and no processor.
        address: Where programs are executed over ZeroMQ, if it says; an engagement always does.
        grpc_address: Where the services of today's cloud are.
        raw: The cloud's own description, as a generated model.
    """

    provider: str
    id: str
    healthy: bool | None
    mock: bool | None
    device_ids: tuple[str, ...] = ()
    address: str | None = None
    grpc_address: str | None = None
    datacenter: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """An engagement: what it takes to execute programs on an endpoint for a while.

    Attributes:
        device_id: The processor that it was asked for; None where an endpoint was named that leads to none.
        address: Where to connect, such as `tcp://qpu.example:3000`.
        expires_at: When it ends; None where the cloud's text is no time.
        credentials: The keys; never in a `repr`.
        min_priority: The lowest priority that may be asked for.
        user_id: Whose it is; `account_id` and `account_type` say who pays.
    """

    provider: str
    endpoint_id: str
    device_id: str | None
    address: str
    expires_at: datetime | None
    credentials: CurveKeys = field(repr=False)
    min_priority: int | None = None
    device_ids: tuple[str, ...] = ()
    user_id: str | None = None
    account_id: str | None = None
    account_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A program as a processor executes it.

    Attributes:
        program: Opaque, and encrypted.
        memory: Length of each memory region that may be filled when the program is executed, by its name.
        ro_sources: For each measured bit such as `ro[0]`, the name of the buffer that its outcomes come in.
        settings_timestamp: Of which calibration of the processor it is.
        raw: The cloud's own answer, as a generated model.
    """

    provider: str
    device_id: str
    shots: int
    program: str = field(repr=False)
    memory: Mapping[str, int]
    ro_sources: tuple[tuple[str, str], ...]
    settings_timestamp: datetime | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuiltCalibrations:
    """The frames and pulses of a processor's gates, as Quil-T text, and of which calibration they are."""

    provider: str
    device_id: str
    text: str = field(repr=False)
    settings_timestamp: datetime | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person.

    Attributes:
        id: The one that other methods take (`idpId`).
        number: The cloud's other identifier.
    """

    provider: str
    id: str
    number: int | None
    created_at: datetime | None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    organization: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Users with an account in common. Its name is what other methods take."""

    provider: str
    id: str
    name: str | None
    description: str | None
    created_at: datetime | None
    updated_at: datetime | None
    members_updated_at: datetime | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingCustomer:
    """An account as the service that bills knows it."""

    provider: str
    id: str
    email: str | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice.

    Attributes:
        id: None for the upcoming one, which is not made out yet.
        status: In the cloud's own words, such as `draft`, `open` or `paid`.
        starting_balance: What was owed before; negative is credit.
        total: `subtotal` and `tax`.
    """

    provider: str
    id: str | None
    status: str
    period_start: datetime | None
    period_end: datetime | None
    starting_balance: Money | None
    subtotal: Money | None
    tax: Money | None
    total: Money | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """What a part of an invoice is for; a negative amount is given back.

    Attributes:
        kind: In the cloud's own words, `invoiceitem` or `subscription`.
        metadata: What the cloud adds, as text.
    """

    provider: str
    id: str
    description: str | None
    amount: Money | None
    quantity: int | None
    kind: str | None
    metadata: Mapping[str, str]
    raw: Any = field(default=None, repr=False, compare=False)
