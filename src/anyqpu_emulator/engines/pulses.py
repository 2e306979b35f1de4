"""From Pulser's abstract representation of a sequence to what a solver needs: places, couplings, drives.

Drives follow their waveforms exactly, as in Pulser's simulator: the finite bandwidth of a laser says only when pulses
play. What is not computed here is refused by name, and left to Pulser's own simulator, see `atoms`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from . import atom_device, atom_register, waveforms
from .atom_operations import Reader
from .atom_schedule import Schedule, samples
from .errors import InvalidProgramError, ProgramTooLargeError, TooLargeHereError, UnsupportedProgramError
from .expressions import Values

Drive: TypeAlias = NDArray[np.complex128]
Signal: TypeAlias = waveforms.Signal

MAX_ATOMS = 10
"""A thousand amplitudes over ten thousand nanoseconds take seconds; more would take minutes."""
MAX_THREE_LEVEL_ATOMS = 6
"""Where Rydberg and digital channels work together, an atom has three levels."""
_MAX_OPERATIONS = 10_000
_MAX_CHANNELS = 32
_STRONGEST = 1e5


@dataclass(frozen=True, slots=True)
class Sequence:
    """Atoms and what happens to them. Row q of a drive or a detuning is atom q, column t the t-th nanosecond.

    `rabi` and `detuning` are those between the ground and the Rydberg state. `raman` and `raman_detuning` are those
    between the ground and the second hyperfine state, where both pairs of states are used. `measured` is the state
    that is read as 1.
    """

    atoms: tuple[str, ...]
    positions: NDArray[np.float64]
    c6: float
    rabi: Drive
    """Omega exp(-i phase), rad/us."""
    detuning: Signal
    """rad/us."""
    raman: Drive | None = None
    raman_detuning: Signal | None = None
    measured: Literal["rydberg", "hyperfine"] = "rydberg"

    @property
    def duration(self) -> int:
        """Nanoseconds."""
        return int(self.detuning.shape[1])


def parse(text: str, variables: Mapping[str, Any]) -> Sequence:
    """Read a sequence (JSON) with the values of its variables; an EngineError says what is wrong with it."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"the sequence is not JSON: {_short(error)}") from None
    if not is_object(document):
        raise InvalidProgramError("the sequence should be a JSON object, as Sequence.to_abstract_repr() writes it")
    device = atom_device.read(document.get("device"))
    if document.get("magnetic_field") is not None:
        raise UnsupportedProgramError("magnetic_field: only spins in the XY basis have one, and those are not emulated")
    register = atom_register.read(document, variables, device, MAX_ATOMS)
    operations, measurement = document.get("operations"), document.get("measurement")
    if not is_list(operations):
        raise InvalidProgramError("operations should be a list of operations")
    if len(operations) > _MAX_OPERATIONS:
        raise ProgramTooLargeError(f"{len(operations)} operations; this emulator computes up to {_MAX_OPERATIONS}")
    if measurement not in (None, "ground-rydberg", "digital"):
        raise UnsupportedProgramError(f"measurement in the basis {measurement!r} is not emulated")
    declared = document.get("variables")
    values = Values(declared if is_object(declared) else {}, variables)
    reader = Reader(values, device, register, Schedule(len(register.atoms), device.max_duration))
    _declare(document, reader)
    # Numbers that overflow are found and refused where everything is put together.
    with np.errstate(all="ignore"):
        if masked := document.get("slm_mask_targets"):
            reader.perform({"op": "config_slm_mask", "qubits": masked, "dmm_id": "dmm_0"}, "slm_mask_targets")
        for place, node in enumerate(operations):
            if not is_object(node):
                raise InvalidProgramError(f"operations[{place}] should be an object")
            reader.perform(node, f"operations[{place}]")
        return _mixed(reader, measurement)


def _declare(document: Mapping[str, Any], reader: Reader) -> None:
    declared = document.get("channels")
    if not is_object(declared):
        raise InvalidProgramError("channels should be an object")
    if len(declared) > _MAX_CHANNELS:
        raise ProgramTooLargeError(f"{len(declared)} channels; this emulator computes up to {_MAX_CHANNELS}")
    used: set[str] = set()
    for name, kind in declared.items():
        channel = reader.device.channel(kind, f"channels.{name}")
        if channel.basis not in ("ground-rydberg", "digital"):
            raise UnsupportedProgramError(f"channels.{name}: the basis {channel.basis!r} of {kind!r} is not emulated")
        if channel.id in used and not reader.device.reusable:
            raise InvalidProgramError(f"channels.{name}: the device has {kind!r} only once")
        used.add(channel.id)
        reader.schedule.declare(name, channel)


def _mixed(reader: Reader, measurement: str | None) -> Sequence:
    """Put all channels together. Those for all atoms add up before their phases turn them, as in Pulser."""
    register, tracks = reader.register, reader.schedule.tracks.values()
    atoms, duration = len(register.atoms), max((track.end for track in tracks), default=0)
    light = {basis: _Light(atoms, duration) for basis in ("ground-rydberg", "digital")}
    used: set[str] = set()
    for track in tracks:
        amplitude, detuning, phase, windows = samples(track, duration)
        # Compared this way round, because what is not a number is not small either.
        if not all(bool((np.abs(signal) <= _STRONGEST).all()) for signal in (amplitude, detuning)):
            raise UnsupportedProgramError(f"amplitudes and detunings beyond {_STRONGEST:g} rad/us are not emulated")
        if not bool(np.isfinite(phase).all()):
            raise UnsupportedProgramError("phases beyond all numbers, after detunings in rad/us, are not emulated")
        if bool(amplitude.any()) or bool(detuning.any()):
            used.add(track.channel.basis)
        light[track.channel.basis].add(amplitude, detuning, phase, windows, track.weights, local=track.channel.local)
    return _sequence(reader, light, used, measurement)


class _Light:
    """What all channels of a basis do to each atom, while it is put together."""

    def __init__(self, atoms: int, duration: int) -> None:
        self._everywhere = np.zeros((3, 1, duration))
        self._there = np.zeros((3, atoms, duration))

    def add(
        self,
        amplitude: Signal,
        detuning: Signal,
        phase: Signal,
        windows: list[tuple[int, int, frozenset[int]]],
        weights: Signal | None,
        *,
        local: bool,
    ) -> None:
        whole = np.stack([amplitude, detuning, phase])
        if not local and weights is None:
            self._everywhere += whole[:, None, :]
            return
        for start, end, targets in windows:
            for atom in targets:
                share = 1.0 if weights is None else float(weights[atom])
                self._there[:, atom, start:end] += whole[:, start:end] * np.array([[1.0], [share], [1.0]])

    def drive(self) -> Drive:
        return np.asarray(sum(part[0] * np.exp(-1j * part[2]) for part in (self._everywhere, self._there)))

    def detuning(self) -> Signal:
        return np.asarray(self._everywhere[1] + self._there[1])


def _sequence(reader: Reader, light: Mapping[str, _Light], used: set[str], measurement: str | None) -> Sequence:
    register, c6 = reader.register, reader.device.c6
    rydberg, raman = light["ground-rydberg"], light["digital"]
    if len(used) == 2:
        if len(register.atoms) > MAX_THREE_LEVEL_ATOMS:
            raise TooLargeHereError(
                f"the register has {len(register.atoms)} atoms; with Rydberg and digital channels together this "
                f"emulator computes up to {MAX_THREE_LEVEL_ATOMS}"
            )
        return Sequence(
            register.atoms,
            register.positions,
            c6,
            rydberg.drive(),
            rydberg.detuning(),
            raman.drive(),
            raman.detuning(),
            measured="rydberg" if measurement == "ground-rydberg" else "hyperfine",
        )
    if used and measurement is not None and measurement not in used:
        raise UnsupportedProgramError(
            f"measurement: the sequence is measured in the basis {measurement!r} and only drives {next(iter(used))!r}; "
            "results of this are not emulated"
        )
    if used == {"digital"}:
        # |h><g| turns with exp(-i phase), where |g><r| does; and the detuning is that of the ground state.
        drive, detuning = np.conj(raman.drive()), -raman.detuning()
        return Sequence(register.atoms, register.positions, 0.0, drive, detuning)
    return Sequence(register.atoms, register.positions, c6, rydberg.drive(), rydberg.detuning())


def _short(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
