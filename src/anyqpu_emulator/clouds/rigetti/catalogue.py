"""What this cloud has from the beginning: processors, endpoints, people, groups, prices, client applications."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from anyqpu_emulator.kept import Kept


@dataclass(frozen=True, slots=True)
class Processor:
    """A quantum processor: octagons of eight qubits, in rows of a grid. A reservation costs cents per minute."""

    id: str
    rows: int
    columns: int
    cents_per_minute: int

    @property
    def default_endpoint(self) -> str:
        """The id of the endpoint that nobody has to create."""
        return f"{self.id.lower()}-default"


PROCESSORS = {
    processor.id: processor
    for processor in (
        Processor("Aspen-9", rows=1, columns=4, cents_per_minute=400),
        Processor("Aspen-M-3", rows=2, columns=5, cents_per_minute=600),
    )
}
BUSY_ENDPOINT = "aspen-9-busy"
"""Never healthy: engaging on it shows what a client does with a 503."""
DATACENTERS = ("berkeley-775", "fremont-fab", "oxford-instruments")


@dataclass(frozen=True, slots=True)
class Person:
    """A user. `idp_id` is the id in paths."""

    number: int
    idp_id: str
    email: str
    first: str
    last: str

    def view(self, created: str) -> dict[str, Any]:
        """How it looks in JSON."""
        profile = {
            "email": self.email,
            "firstName": self.first,
            "lastName": self.last,
            "organization": "Emulated Laboratories",
        }
        return {"id": self.number, "idpId": self.idp_id, "createdTime": created, "profile": profile}


ME = Person(1, "00u0emulator0user001", "ada@example.org", "Ada", "Example")
"""Whom every token speaks for."""
PEOPLE = {
    person.idp_id: person
    for person in (
        ME,
        Person(2, "00u0emulator0user002", "grace@example.org", "Grace", "Example"),
        Person(3, "00u0emulator0user003", "emmy@example.org", "Emmy", "Example"),
    )
}


@dataclass(slots=True)
class Group(Kept):
    """Users with an account in common. Members change."""

    id: str
    name: str
    description: str
    members: list[str] = field(default_factory=list[str])


def groups() -> dict[str, Group]:
    """Fresh groups by name: one with the caller in it, and one without."""
    everyone = list(PEOPLE)
    return {
        group.name: group
        for group in (
            Group("00g0emulator0group01", "emulator-lab", "The laboratory of the emulated user", everyone[:2]),
            Group("00g0emulator0group02", "other-lab", "A laboratory of somebody else", everyone[2:]),
        )
    }


USER_CREDIT = 100_000
GROUP_CREDIT = 250_000
"""Cents that an account can spend in the beginning."""

APPLICATIONS: dict[str, dict[str, Any]] = {
    name: {
        "name": name,
        "latestVersion": latest,
        "minimumVersion": minimum,
        "supported": True,
        "detailsUri": f"https://docs.rigetti.com/{name}",
        "links": [{"platform": "any", "url": f"https://downloads.rigetti.com/{name}/{latest}"}],
    }
    for name, latest, minimum in (
        ("pyquil", "3.5.0", "3.0.0"),
        ("qcs-cli", "0.9.1", "0.8.0"),
        ("quilc", "1.26.0", "1.20.0"),
        ("qvm", "1.17.2", "1.17.0"),
    )
}
