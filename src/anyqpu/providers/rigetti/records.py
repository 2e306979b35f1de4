"""Endpoints, accessors, engagements, translations, accounts and invoices, which other providers do not have.

Times are in UTC. None stands for a value that is missing or cannot be read; `raw` has it as it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from anyqpu.model.money import Money
from anyqpu.model.serialize import Serializable
from anyqpu.transport.zeromq import CurveKeys

AccountType = Literal["user", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Serializable):
    """Access point of one or more processors.

    Attributes:
        healthy: Whether it works now.
        mock: Whether it leads to a simulation.
        address: Address for execution over ZeroMQ; None where only an engagement has it.
        grpc_address: Address of today's gRPC services.
        raw: The generated model.
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
class Accessor(Serializable):
    """Address at which programs for a processor are accepted over gRPC.

    Attributes:
        kind: Rigetti's own word for the protocol, such as `gateway.v1` or `direct.v1`.
        url: Address to connect to.
        live: Whether programs are executed there; False where they are simulated.
        rank: Accessors with a lower rank are used first.
        raw: The generated model.
    """

    provider: str
    device_id: str
    kind: str
    url: str
    live: bool | None
    rank: int | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Access to an endpoint for a while.

    Attributes:
        device_id: The processor that it was requested for; None for an endpoint without a processor.
        address: Address to connect to, such as `tcp://qpu.example:3000`.
        expires_at: When it ends.
        credentials: The keys; never in a `repr`.
        min_priority: The lowest priority that a program may have.
        user_id: Its user; `account_id` and `account_type` are the account that pays.
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
class Translation(Serializable):
    """A program as a processor executes it.

    Attributes:
        program: Opaque, and encrypted.
        memory: Length of each memory region that may be filled when the program is executed, by its name.
        ro_sources: For each measured bit such as `ro[0]`, the name of the buffer with its outcomes.
        settings_timestamp: Time of the calibration that it was translated for.
        raw: The generated model.
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
class QuiltCalibrations(Serializable):
    """Frames and pulses of a processor's gates, as Quil-T text, and the time of their calibration."""

    provider: str
    device_id: str
    text: str = field(repr=False)
    settings_timestamp: datetime | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Serializable):
    """A person.

    Attributes:
        id: Identifier that other methods take (`idpId`).
        number: The other identifier of the user.
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
class Group(Serializable):
    """Users with an account in common. Other methods take its name."""

    provider: str
    id: str
    name: str | None
    description: str | None
    created_at: datetime | None
    updated_at: datetime | None
    members_updated_at: datetime | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingCustomer(Serializable):
    """An account as the billing service knows it."""

    provider: str
    id: str
    email: str | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Serializable):
    """An invoice.

    Attributes:
        id: None for the upcoming one.
        status: Rigetti's own word, such as `draft`, `open` or `paid`.
        starting_balance: Amount owed before; negative is credit.
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
class InvoiceLine(Serializable):
    """A line of an invoice; a negative amount is given back.

    Attributes:
        kind: Rigetti's own word, `invoiceitem` or `subscription`.
        metadata: Further facts, as text.
    """

    provider: str
    id: str
    description: str | None
    amount: Money | None
    quantity: int | None
    kind: str | None
    metadata: Mapping[str, str]
    raw: Any = field(default=None, repr=False, compare=False)
