"""The processors, people, groups and client applications of `catalogue.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from anyqpu_emulator.data import read_toml
from anyqpu_emulator.record import Record
from anyqpu_emulator.rules import Rules

_CATALOGUE = read_toml("clouds/rigetti/catalogue.toml")


@dataclass(frozen=True, slots=True)
class Processor:
    """A quantum processor. A reservation costs cents per minute.

    An Aspen has rows and columns of octagons of eight qubits; an Ankaa has rows and columns of qubits, without those
    that are `missing`. One with `grpc` advertises the services that execute programs over gRPC.
    """

    id: str
    rows: int
    columns: int
    cents_per_minute: int
    family: str = "Aspen"
    missing: tuple[int, ...] = ()
    grpc: bool = False

    @property
    def default_endpoint(self) -> str:
        """The id of the endpoint that exists from the beginning."""
        return f"{self.id.lower()}-default"


def _processor(name: str, missing: Iterable[int] = (), **values: Any) -> Processor:
    return Processor(id=name, missing=tuple(missing), **values)


PROCESSORS = {name: _processor(name, **values) for name, values in _CATALOGUE["processors"].items()}
ACCESSORS: list[dict[str, Any]] = _CATALOGUE["accessors"]
"""Those of a processor with `grpc`, all with the same address."""
BUSY_ENDPOINT: str = _CATALOGUE["busy_endpoint"]
"""Never healthy: an engagement on it shows what a client does with a 503."""
DATACENTERS: list[str] = _CATALOGUE["datacenters"]


@dataclass(frozen=True, slots=True)
class Person:
    """A user. `idp_id` is the id in paths."""

    number: int
    idp_id: str
    email: str
    first: str
    last: str

    def view(self, created: str) -> dict[str, Any]:
        """Return the user as JSON."""
        profile = {
            "email": self.email,
            "firstName": self.first,
            "lastName": self.last,
            "organization": "Emulated Laboratories",
        }
        return {"id": self.number, "idpId": self.idp_id, "createdTime": created, "profile": profile}


PEOPLE = {values["idp_id"]: Person(**values) for values in _CATALOGUE["people"]}
ME = next(iter(PEOPLE.values()))
"""The user whom every token speaks for."""


@dataclass(slots=True)
class Group(Record):
    """Users with an account in common. Members change."""

    id: str
    name: str
    description: str
    members: list[str]


def groups() -> dict[str, Group]:
    """Return new groups by name: the user is a member of the first one."""
    return {name: Group(name=name, **values) for name, values in _CATALOGUE["groups"].items()}


USER_CREDIT: int = _CATALOGUE["credit"]["user"]
GROUP_CREDIT: int = _CATALOGUE["credit"]["group"]
"""Cents that an account can spend at first."""

APPLICATIONS: dict[str, dict[str, Any]] = {
    name: {
        "name": name,
        "latestVersion": latest,
        "minimumVersion": minimum,
        "supported": True,
        "detailsUri": f"https://docs.rigetti.com/{name}",
        "links": [{"platform": "any", "url": f"https://downloads.rigetti.com/{name}/{latest}"}],
    }
    for name, (latest, minimum) in _CATALOGUE["applications"].items()
}

MAINTENANCE: dict[str, str] = {name: text.replace("\n", "\r\n") for name, text in _CATALOGUE["maintenance"].items()}
"""When a processor is maintained: an iCalendar text, whose lines end as RFC 5545 demands."""
ANNOUNCEMENTS: list[dict[str, Any]] = _CATALOGUE["announcements"]
"""Their `id` and `contentHtml`."""
EVENT_PRICES: dict[str, dict[str, Any]] = _CATALOGUE["event_prices"]
"""What an event costs, by product: cents, and the unit. A reservation's depends on the processor."""

SINGLE: dict[str, list[str]] = _CATALOGUE["instructions"]["single"]
"""The parameters of instructions on one qubit, by name."""
DOUBLE: dict[str, dict[str, list[str]]] = _CATALOGUE["instructions"]["double"]
"""Those of instructions on two qubits, by family and name."""
CALIBRATION: dict[str, dict[str, Any]] = _CATALOGUE["calibration"]
"""By instruction or benchmark: the `name` of its characteristic, its `best` value, and the `deviation` from that."""

RULES = Rules(_CATALOGUE["rules"], PROCESSORS)
NOISE: dict[str, Any] = _CATALOGUE["noise"]
"""What the noise of a processor has besides its architecture."""
