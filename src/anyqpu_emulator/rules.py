"""Rules of devices that stand for hardware, as the clouds' catalogues list them, each with its source.

Strict emulation enforces them; those with `always` hold in lenient emulation too. What a rule compares with (gates,
couplings, limits) is what the emulator serves as the device's description, so that clients read what is enforced.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .engines.native import Angles, Native

STRICT = True
"""Whether emulators are strict by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: what it demands, how the cloud refuses a program that breaks it, and where that comes from.

    `source` begins with "inferred" where no document or client says it. `values` are details of a rule.
    """

    rule: str
    devices: list[str]
    demand: str
    refusal: str
    source: str
    always: bool = False
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def view(self) -> dict[str, Any]:
        """Return the rule as JSON, for `/_control/strictness`."""
        names = ("rule", "devices", "demand", "refusal", "source", "always")
        return {name: getattr(self, name) for name in names}


class Rules:
    """All rules of a cloud."""

    def __init__(self, table: Iterable[Mapping[str, Any]], noisy: Iterable[str] = ()) -> None:
        """`table` is `rules` of a catalogue; `noisy` are the devices whose noise is emulated."""
        self.all = tuple(Rule(**row) for row in table)
        self.noisy = frozenset(noisy)

    @property
    def devices(self) -> list[str]:
        """The devices that stand for hardware."""
        return list(dict.fromkeys(device for rule in self.all for device in rule.devices))

    @property
    def noiseless(self) -> list[str]:
        """The devices that stand for hardware and whose noise is not emulated."""
        return [device for device in self.devices if device not in self.noisy]

    def of(self, device: str) -> dict[str, Rule]:
        """Return the rules of a device by name."""
        return {rule.rule: rule for rule in self.all if device in rule.devices}

    def native(
        self,
        device: str,
        gates: Iterable[str],
        others: Iterable[str],
        qubits: Collection[int],
        pairs: Iterable[tuple[int, int]] | None,
    ) -> Native:
        """Return the native form of a gate-model device: its gates, other instructions, qubits and couplings."""
        rules = self.of(device)
        names = rules["native_gates"].values
        limits: Mapping[str, Any] = rules["angles"].values if "angles" in rules else {}
        coupled = frozenset((min(pair), max(pair)) for pair in pairs or ()) if "couplings" in rules else None
        return Native(
            device=device,
            gates=(*gates, *names.get("also", ())),
            others=(*others, *names.get("besides", ())),
            qubits=qubits,
            pairs=coupled,
            angles={gate: _angles(values) for gate, values in limits.items()},
            must_measure="measurement" in rules,
            code=names.get("code", Native.__dataclass_fields__["code"].default),
        )


def _angles(values: Mapping[str, float]) -> Angles:
    """Limits of an angle; the catalogue has them in multiples of pi."""
    return Angles(**{name: value * math.pi for name, value in values.items()})


class Strictness:
    """Which devices are emulated strictly: all that stand for hardware or none, with exceptions by device."""

    def __init__(self, strict: bool) -> None:
        """`strict` is the mode of devices that stand for hardware."""
        self.strict = strict
        self._exceptions: dict[str, bool] = {}

    def applies(self, device: str) -> bool:
        """Return whether a device that stands for hardware is strict."""
        return self._exceptions.get(device, self.strict)

    def set(self, strict: bool, device: str | None = None) -> None:
        """Set the mode of one device, or of all."""
        if device is None:
            self.strict = strict
            self._exceptions.clear()
        else:
            self._exceptions[device] = strict
