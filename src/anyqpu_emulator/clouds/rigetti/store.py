"""The cloud's records: endpoints, groups, reservations, and the charges of accounts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from starlette.requests import Request

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.effects import labels
from anyqpu_emulator.persistence import Codec, Schema
from anyqpu_emulator.record import Record

from .catalogue import (
    BUSY_ENDPOINT,
    DATACENTERS,
    GROUP_CREDIT,
    ME,
    PEOPLE,
    PROCESSORS,
    USER_CREDIT,
    Group,
    Processor,
    groups,
)
from .errors import QcsError, invalid
from .fields import stamp

AccountType: TypeAlias = Literal["user", "group"]
MAX_ENDPOINTS = 1000


@dataclass(frozen=True, slots=True)
class Account:
    """An account that pays: a user by the id in paths, or a group by its name."""

    type: AccountType
    id: str


@dataclass(slots=True)
class Endpoint(Record):
    """The way to one or more processors. `up_at` is the clock's monotonic time from which it is healthy."""

    id: str
    processors: list[str]
    datacenter: str
    own: bool
    up_at: float = 0.0


@dataclass(slots=True)
class Reservation(Record):
    """Time on a processor. `line` is the invoice line that it caused, `refund` that of its cancellation."""

    number: int
    account: Account
    processor: Processor
    start: datetime
    end: datetime
    created: datetime
    updated: datetime
    price: int
    notes: str | None
    line: str
    refund: str | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it has been given back."""
        return self.refund is not None

    def view(self) -> dict[str, Any]:
        """Return the JSON form."""
        body: dict[str, Any] = {
            "id": self.number,
            "accountId": self.account.id,
            "accountType": self.account.type,
            "userId": ME.idp_id,
            "quantumProcessorId": self.processor.id,
            "startTime": stamp(self.start),
            "endTime": stamp(self.end),
            "createdTime": stamp(self.created),
            "updatedTime": stamp(self.updated),
            "price": self.price,
            "cancelled": self.cancelled,
            "creationBillingInvoiceItemId": self.line,
        }
        if self.refund is not None:
            body["cancellationBillingInvoiceItemId"] = self.refund
        if self.notes is not None:
            body["notes"] = self.notes
        return body


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of the coming invoice."""

    id: str
    account: Account
    description: str
    amount: int
    minutes: int
    processor: Processor


@dataclass(slots=True)
class Store:
    """The whole. Used from the event loop only."""

    context: AppContext
    began: datetime = field(init=False)
    endpoints: dict[str, Endpoint] = field(init=False)
    groups: dict[str, Group] = field(init=False)
    reservations: dict[str, Reservation] = field(init=False)
    charges: dict[str, Charge] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the default endpoints and full accounts, or the records of the state file."""
        persistence = self.context.persistence
        # Whole seconds: some readers of the ISA's time stamps do not accept fractions.
        self.began = utc(persistence.value("rigetti.began", lambda: int(self.context.clock.wall())))
        self.groups = persistence.table(Schema("rigetti.group", Group))
        for group in groups().values():
            if group.name not in self.groups:
                self.groups[group.name] = group
        fixed = [Endpoint(p.default_endpoint, [p.id], DATACENTERS[0], own=False) for p in PROCESSORS.values()]
        fixed.append(Endpoint(BUSY_ENDPOINT, ["Aspen-9"], DATACENTERS[0], own=False))
        self.endpoints = persistence.table(Schema("rigetti.endpoint", Endpoint))
        for endpoint in fixed:
            if endpoint.id not in self.endpoints:
                self.endpoints[endpoint.id] = endpoint
        codec = Codec((Account,), {Processor: (attrgetter("id"), PROCESSORS.__getitem__)})
        self.reservations = persistence.table(Schema("rigetti.reservation", Reservation, codec))
        self.charges = persistence.table(Schema("rigetti.charge", Charge, codec))

    def now(self) -> datetime:
        """The wall time in UTC."""
        return utc(self.context.clock.wall())

    def healthy(self, endpoint: Endpoint) -> bool:
        """Return whether an endpoint works now."""
        return "busy" not in endpoint.id and self.context.clock.monotonic() >= endpoint.up_at

    def endpoint(self, endpoint_id: str) -> Endpoint:
        """An endpoint, or a 404."""
        endpoint = self.endpoints.get(endpoint_id)
        if endpoint is None:
            raise QcsError(404, f"there is no endpoint {endpoint_id!r}")
        return endpoint

    def reservations_overview(self) -> list[dict[str, Any]]:
        """All reservations, for `/_control/state`; where one is follows from its times."""
        now = self.now()
        rows: list[dict[str, Any]] = []
        for record in self.reservations.values():
            status = "past" if now >= record.end else "now" if now >= record.start else "coming"
            rows.append(
                {
                    "kind": "reservation",
                    "id": str(record.number),
                    "backend": record.processor.id,
                    "status": "cancelled" if record.cancelled else status,
                    "created_at": record.created.isoformat(),
                    **labels((), record.notes),
                }
            )
        return rows

    def endpoints_overview(self) -> list[dict[str, Any]]:
        """The endpoints that clients created, for `/_control/state`."""
        return [
            {
                "kind": "endpoint",
                "id": endpoint.id,
                "backend": ", ".join(endpoint.processors),
                "status": "healthy" if self.healthy(endpoint) else "unhealthy",
                **labels(()),
            }
            for endpoint in self.endpoints.values()
            if endpoint.own
        ]

    def next_id(self, kind: str) -> str:
        """Return a new id with a prefix for its kind."""
        return f"{kind}_{secrets.token_hex(10)}"

    def balance(self, account: Account) -> int:
        """Cents owed; negative is credit."""
        credit = USER_CREDIT if account.type == "user" else GROUP_CREDIT
        return sum(charge.amount for charge in self.charges.values() if charge.account == account) - credit

    def reserve(
        self, account: Account, processor: Processor, start: datetime, end: datetime, notes: str | None
    ) -> Reservation:
        """Book and charge; a 409 if the time is taken, a 402 if the account cannot pay."""
        if not self.free(processor, start, end):
            raise QcsError(409, f"{processor.id} is reserved by then", code="reservation_unavailable")
        price = price_of(processor, end - start)
        if price > -self.balance(account):
            message = f"the reservation costs {price} cents; the balance is {self.balance(account)}"
            raise QcsError(402, message, code="insufficient_payment")
        now = self.now()
        line = self._charge(account, processor, end - start, price, "Reservation")
        # Reservations are never deleted.
        number = len(self.reservations) + 1
        made = Reservation(number, account, processor, start, end, now, now, price, notes, line)
        self.reservations[str(number)] = made
        return made

    def cancel(self, reservation: Reservation) -> None:
        """Give a reservation back, with its price. Cancelling twice changes nothing."""
        if reservation.cancelled:
            return
        length = reservation.end - reservation.start
        account, price = reservation.account, -reservation.price
        reservation.refund = self._charge(account, reservation.processor, length, price, "Cancelled reservation")
        reservation.updated = self.now()

    def free(self, processor: Processor, start: datetime, end: datetime) -> bool:
        """Return whether a processor is free during a time."""
        return not any(
            other.processor is processor and not other.cancelled and other.start < end and start < other.end
            for other in self.reservations.values()
        )

    def _charge(self, account: Account, processor: Processor, length: timedelta, amount: int, subject: str) -> str:
        made = Charge(
            self.next_id("ii"), account, f"{subject} on {processor.id}", amount, minutes_of(length), processor
        )
        self.charges[made.id] = made
        return made.id


def minutes_of(length: timedelta) -> int:
    """Begun minutes."""
    return -(-length // timedelta(minutes=1))


def price_of(processor: Processor, length: timedelta) -> int:
    """Cents for a reservation of this length."""
    return processor.cents_per_minute * minutes_of(length)


def account_of(store: Store, request: Request, body: dict[str, Any]) -> Account:
    """Return the account that a request names: in its body, else in its headers, else that of the caller."""
    account_id = body.get("accountId") or request.headers.get("x-qcs-account-id", "").strip()
    kind = body.get("accountType") or request.headers.get("x-qcs-account-type", "").strip().lower() or "user"
    if kind == "group":
        if not account_id:
            raise invalid("an account of type group needs an id, the group's name", "body", "accountId")
        return group_account(store, account_id)
    if kind != "user":
        raise invalid(f"accountType should be user or group, not {kind!r}", "body", "accountType")
    return user_account(account_id or ME.idp_id)


def group_account(store: Store, name: str) -> Account:
    """Return a group of the caller's. Raises a 403 for other and for unknown groups, to reveal no names."""
    group = store.groups.get(name)
    if group is None or ME.idp_id not in group.members:
        raise QcsError(403, f"you are not a member of a group {name!r}")
    return Account("group", name)


def user_account(user_id: str) -> Account:
    """Return the caller's account. Raises a 403 for other users, a 404 for unknown ones."""
    if user_id not in PEOPLE:
        raise QcsError(404, f"there is no user {user_id!r}; the id in paths is the idpId of AuthGetUser")
    if user_id != ME.idp_id:
        raise QcsError(403, f"{user_id!r} is another user")
    return Account("user", user_id)
