"""What sequences are built with, and what they become."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import pulser

PI = math.pi


@dataclass(frozen=True, slots=True)
class Case:
    """A sequence in Pulser's abstract representation, and what a job gives its variables."""

    name: str
    text: str
    variables: dict[str, Any] = field(default_factory=dict[str, Any])


def placed(places: list[tuple[float, float]], device: Any = pulser.MockDevice) -> Any:
    """Start a sequence with atoms at these places, in um."""
    register = pulser.Register({f"q{number}": place for number, place in enumerate(places)})
    if device is pulser.AnalogDevice:
        register = register.with_automatic_layout(device)
    return pulser.Sequence(register, device)


def line(atoms: int, apart: float) -> list[tuple[float, float]]:
    """Return places in a line around the centre."""
    return [(place * apart - (atoms - 1) * apart / 2, 0.0) for place in range(atoms)]


def written(name: str, sequence: Any, **variables: Any) -> Case:
    """Write a sequence down; `variables` are what a job gives it: numbers, lists, and `qubits`."""
    return Case(name, str(sequence.to_abstract_repr()), variables)
