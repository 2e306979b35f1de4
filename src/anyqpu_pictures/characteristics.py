"""Measured values of a calibration, grouped by operation and property."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Calibration, SiteCharacteristic

_READOUT = ("measure", "readout")
# Kipu's names end in their unit; Rigetti's times are in seconds. All others are shares from 0 to 1.
_UNITS = {"_ns": "ns", "_us": "µs", "_ms": "ms"}
_IN_SECONDS = {"T1", "T2"}
SHARE = "0 to 1"


@dataclass(frozen=True, slots=True)
class Measured:
    """One property of one operation, over all qubits or pairs.

    Attributes:
        size: The number of qubits of each value.
        values: The values by qubits, the smaller number first; of several values, the first.
        unit: `s`, `µs` or the like; `0 to 1` for shares such as fidelities and errors.
    """

    operation: str
    name: str
    size: int
    values: dict[tuple[int, ...], float]
    unit: str

    @property
    def label(self) -> str:
        """Operation and name, or one if they are equal."""
        return self.name if self.operation == self.name else f"{self.operation} {self.name}"

    @property
    def median(self) -> float:
        """The median."""
        return median(self.values.values())

    @property
    def readable(self) -> tuple[str, str, str, str]:
        """Median, smallest and largest value as text, and their unit: microseconds for short times."""
        least, most = min(self.values.values()), max(self.values.values())
        short = self.unit == "s" and abs(most) < 1e-3
        middle, low, high = (f"{value * 1e6 if short else value:.4g}" for value in (self.median, least, most))
        return middle, low, high, "µs" if short else self.unit


def measured(calibration: Calibration) -> list[Measured]:
    """Return the measured values by group, in the order of the calibration."""
    groups: dict[tuple[str, str, int], Measured] = {}
    for site in calibration.sites:
        key = (site.operation, site.name, len(site.nodes))
        entry = groups.setdefault(key, Measured(*key, {}, unit_of(site)))
        entry.values.setdefault(tuple(sorted(site.nodes)), site.value)
    return [entry for (_, _, size), entry in groups.items() if size]


def unit_of(site: SiteCharacteristic) -> str:
    """Return the unit of a value."""
    if site.name in _IN_SECONDS:
        return "s"
    return next((unit for ending, unit in _UNITS.items() if site.name.endswith(ending)), SHARE)


def chosen(groups: Iterable[Measured], wanted: str | None, size: int) -> Measured | None:
    """Return the group that colours a map: the one of a name, or a default; None where nothing was measured.

    Raises `ValidationError` if nothing of that name was measured.
    """
    candidates = [entry for entry in groups if entry.size == size]
    if wanted is not None:
        named = [entry for entry in candidates if wanted.lower() in {*_names(entry)}]
        if not named:
            names = {name: entry.label for entry in candidates for name in _names(entry)}
            close = difflib.get_close_matches(wanted.lower(), names, n=1)
            field = "nodes" if size == 1 else "edges"
            there = ", ".join(dict.fromkeys(names.values())) or "none"
            hint = f"Did you mean {names[close[0]]!r}?" if close else f"There are {there}"
            raise ValidationError(f"no {wanted!r} was measured", fields=(field,), hint=hint)
        return named[0]
    if size == 1 and (readout := [entry for entry in candidates if entry.operation.lower() in _READOUT]):
        return readout[0]
    return max(candidates, key=lambda entry: len(entry.values), default=None)


def _names(entry: Measured) -> tuple[str, ...]:
    return entry.operation.lower(), entry.name.lower(), entry.label.lower()
