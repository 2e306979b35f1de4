"""Where the atoms of a Pulser sequence are: in its register, or in the traps that a job chooses for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from .atom_device import Device
from .errors import InvalidProgramError, TooLargeHereError, UnsupportedProgramError
from .expressions import Values, spelled

# Far beyond what a laboratory holds, and near enough that no number overflows.
_FARTHEST = 1e6
_PRECISION = 6
"""Digits of a micrometre to which Pulser keeps places."""
_MOST_TRAPS = 10_000


@dataclass(frozen=True, slots=True)
class Register:
    """Names of atoms, and their places in um: row q of `positions` is atom q."""

    atoms: tuple[str, ...]
    positions: NDArray[np.float64]

    def weights(self, traps: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of a detuning map that each atom gets: that of the trap it is in."""
        apart = np.linalg.norm(self.positions[:, None, :] - traps[None, :, :], axis=2)
        return np.asarray((apart < 2**0.5 * 10**-_PRECISION) @ weights, dtype=np.float64)


def read(document: Mapping[str, Any], variables: Mapping[str, Any], device: Device, most: int) -> Register:
    """Read the register of a sequence.

    Args:
        document: The sequence.
        variables: Of the job; its `qubits` say which trap of the layout each atom of a mappable register is in.
        device: What it allows of registers.
        most: How many atoms can be computed.

    Raises:
        EngineError: There is no such register, or a job does not place its atoms.
    """
    listed = document.get("register")
    if not is_list(listed) or not listed or not all(is_object(atom) for atom in listed):
        raise InvalidProgramError("register should be a list of at least one atom")
    if any("qid" in atom for atom in listed):
        names, places = _mapped(listed, document.get("layout"), variables.get("qubits"))
    else:
        if variables.get("qubits") is not None and "qubits" not in (document.get("variables") or {}):
            raise InvalidProgramError("variables.qubits is for mappable registers; the sequence has its atoms' places")
        names, places = _placed(listed, most)
    if len(names) > most:
        raise TooLargeHereError(f"the register has {len(names)} atoms; this emulator computes up to {most}")
    if len(set(map(tuple, places))) < len(places) or len(set(names)) < len(names):
        raise InvalidProgramError("register: no two atoms have the same name or place")
    if max(abs(coordinate) for place in places for coordinate in place) > _FARTHEST:
        raise UnsupportedProgramError(f"register: places as far as {_FARTHEST:g} um are not emulated")
    register = Register(tuple(names), np.asarray(places, dtype=np.float64))
    _check(register, device)
    return register


def _placed(listed: list[dict[str, Any]], most: int) -> tuple[list[str], list[list[float]]]:
    if len(listed) > most:
        raise TooLargeHereError(f"the register has {len(listed)} atoms; this emulator computes up to {most}")
    constant = Values({}, {})
    names: list[str] = []
    places: list[list[float]] = []
    for number, atom in enumerate(listed):
        names.append(str(atom.get("name", f"q{number}")))
        places.append([constant.number(atom.get(axis, 0), f"register[{number}].{axis}") for axis in "xyz"])
    return names, places


def _mapped(listed: list[dict[str, Any]], layout: Any, chosen: Any) -> tuple[list[str], list[list[float]]]:
    """The atoms that a job places, in the order of the register; they are its first ones."""
    names = [str(atom.get("qid")) for atom in listed]
    if not is_object(chosen) or not chosen:
        raise InvalidProgramError(
            "the register is mappable and the job places no atoms: give their traps as variables.qubits, such as "
            f'{{"{names[0]}": 0}}'
        )
    unknown = [name for name in chosen if name not in names]
    if unknown:
        raise InvalidProgramError(f"variables.qubits: the register has no atom {unknown[0]!r}")
    if set(chosen) != set(names[: len(chosen)]):
        raise InvalidProgramError(
            f"variables.qubits: {len(chosen)} atoms should be the first {len(chosen)} of the register, "
            f"{', '.join(names[: len(chosen)])}"
        )
    traps = _traps(layout)
    places: list[list[float]] = []
    for name in names[: len(chosen)]:
        trap = chosen[name]
        if isinstance(trap, bool) or not isinstance(trap, int) or not 0 <= trap < len(traps):
            raise InvalidProgramError(
                f"variables.qubits.{name} should be a trap of the layout, 0 to {len(traps) - 1}, not {spelled(trap)}"
            )
        places.append(traps[trap])
    return names[: len(chosen)], places


def _traps(layout: Any) -> list[list[float]]:
    """The traps of a layout in Pulser's order: by x, then by y, then by z."""
    coordinates = layout.get("coordinates") if is_object(layout) else None
    if not is_list(coordinates) or not coordinates or len(coordinates) > _MOST_TRAPS:
        raise InvalidProgramError(f"a mappable register needs a layout with coordinates of 1 to {_MOST_TRAPS} traps")
    constant = Values({}, {})
    traps: list[list[float]] = []
    for place, coordinate in enumerate(coordinates):
        if not is_list(coordinate) or len(coordinate) not in (2, 3):
            raise InvalidProgramError(f"layout.coordinates[{place}] should be a list of two or three numbers")
        numbers = constant.numbers(coordinate, f"layout.coordinates[{place}]")
        traps.append([round(number, _PRECISION) for number in [*numbers, 0.0][:3]])
    return sorted(traps)


def _check(register: Register, device: Device) -> None:
    """Raise an error for a register that the device does not take."""
    if device.max_atoms is not None and len(register.atoms) > device.max_atoms:
        raise InvalidProgramError(
            f"the register has {len(register.atoms)} atoms; the device {device.name} takes {device.max_atoms}"
        )
    far = np.linalg.norm(register.positions, axis=1)
    if device.max_radius is not None and bool((far > device.max_radius).any()):
        name = register.atoms[int(far.argmax())]
        raise InvalidProgramError(
            f"register: {name} is {far.max():.6g} um from the centre; the device {device.name} takes up to "
            f"{device.max_radius:g} um"
        )
    for one in range(len(register.atoms)):
        for other in range(one):
            apart = float(np.linalg.norm(register.positions[one] - register.positions[other]))
            if apart - device.min_distance < -(10**-_PRECISION):
                raise InvalidProgramError(
                    f"register: {register.atoms[other]} and {register.atoms[one]} are {apart:.6g} um apart; the device "
                    f"{device.name} takes {device.min_distance:g} um and more"
                )
