"""Atoms under laser light, as a state vector.

    H(t) = sum_q [ Omega_q(t)/2 (exp(-i phi) |g><r| + h.c.) - delta_q(t) |r><r| ] + sum_{q<p} C6 / r^6 |rr><rr|

Where Raman light works too, an atom has a third state h, and

    H(t) += sum_q [ Omega'_q(t)/2 (exp(-i phi') |h><g| + h.c.) - delta'_q(t) |g><g| ]

Each nanosecond is split (Strang): half of the part that is diagonal, the rotations of all atoms, the other half.
Both parts are exact, so the only error is that they do not commute, and it shrinks with the square of the step.
Atom 0 is the most significant digit of an index: bit strings read like the register. Digits are g 0, r 1, h 2.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .errors import ProgramTooLargeError, StoppedError, TooLargeHereError
from .pulses import MAX_ATOMS, MAX_THREE_LEVEL_ATOMS, Sequence
from .readout import misread

State: TypeAlias = NDArray[np.complex128]
Matrices: TypeAlias = NDArray[np.complex128]
Real: TypeAlias = NDArray[np.float64]

_PIECE = 128
_PAIR_LIMIT = 4000.0
"""rad/us. A pair this strongly coupled is never excited together; more would only need shorter steps."""
_PAIR_STEP = 1.0
"""rad that a pair's phase may turn in one step: turning faster than the light, it only has to keep out."""
_DRIVE_STEP = 0.2
"""rad that an atom may turn in one step; real lasers do less in a nanosecond."""
_MAX_STEPS = 400_000
MOST_SECONDS = 120.0
_GROUND, _RYDBERG, _HYPERFINE = 0, 1, 2


def _never() -> bool:
    return False


def final_state(sequence: Sequence, *, stopped: Callable[[], bool] = _never) -> State:
    """The state at the end, all atoms having begun in the ground state."""
    atoms, levels = len(sequence.atoms), 2 if sequence.raman is None else 3
    most = MAX_ATOMS if levels == 2 else MAX_THREE_LEVEL_ATOMS
    if atoms > most:
        raise TooLargeHereError(f"the register has {atoms} atoms; this emulator computes up to {most}")
    digits = _digits(atoms, levels)
    excited = np.asarray(digits == _RYDBERG, dtype=np.float64)
    energies, strongest = _interactions(sequence, excited)
    steps = max(1, math.ceil(strongest * 1e-3 / _PAIR_STEP), math.ceil(_drive(sequence) * 1e-3 / _DRIVE_STEP))
    if steps * sequence.duration > _MAX_STEPS:
        raise TooLargeHereError("the sequence is too long for atoms this close or light this strong")
    dt = 1e-3 / steps
    half = (atoms + 1) // 2
    state = np.zeros((levels**half, levels ** (atoms - half)), dtype=np.complex128)
    state[0, 0] = 1
    ground = np.asarray(digits == _GROUND, dtype=np.float64)
    deadline = time.monotonic() + MOST_SECONDS
    for start in range(0, sequence.duration, _PIECE):
        if stopped():
            raise StoppedError("the computation was stopped")
        if time.monotonic() > deadline:
            raise ProgramTooLargeError(f"the sequence took longer than {MOST_SECONDS:.0f} seconds to compute")
        stretch = slice(start, start + _PIECE)
        rotations = _rotations(sequence, stretch, dt)
        left, right = _product(rotations[:half]), _product(rotations[half:]).transpose(0, 2, 1)
        diagonal = energies - sequence.detuning[:, stretch].T @ excited.T
        if sequence.raman_detuning is not None:
            diagonal -= sequence.raman_detuning[:, stretch].T @ ground.T
        phases = np.exp(-0.5j * dt * diagonal).reshape(-1, *state.shape)
        for phase, first, second in zip(phases, left, right, strict=True):
            for _ in range(steps):
                state = phase * (first @ (phase * state) @ second)
    flat = state.reshape(-1)
    return np.asarray(flat / np.linalg.norm(flat))


def probabilities(sequence: Sequence, *, stopped: Callable[[], bool] = _never) -> Real:
    """How likely each bit string is, atom 0 the most significant bit."""
    likely = np.abs(final_state(sequence, stopped=stopped)) ** 2
    if sequence.raman is None:
        return np.asarray(likely)
    one = _RYDBERG if sequence.measured == "rydberg" else _HYPERFINE
    atoms = len(sequence.atoms)
    bits = np.asarray(_digits(atoms, 3) == one, dtype=np.int64)
    weights = 1 << np.arange(atoms)[::-1]
    return np.bincount(bits @ weights, weights=likely, minlength=2**atoms).astype(np.float64)


def measure(
    sequence: Sequence, shots: int, rng: np.random.Generator, *, stopped: Callable[[], bool] = _never
) -> list[str]:
    """Compute a sequence and read the atoms out: one bit string per shot."""
    return _drawn(probabilities(sequence, stopped=stopped), shots, rng)


def sample(state: State, shots: int, rng: np.random.Generator) -> list[str]:
    """One bit string per shot of a state of two levels; `1` is an atom found in the Rydberg state."""
    return _drawn(np.abs(state) ** 2, shots, rng)


def _drawn(likely: Real, shots: int, rng: np.random.Generator) -> list[str]:
    outcomes = rng.choice(len(likely), size=shots, p=likely / likely.sum())
    width = len(likely).bit_length() - 1
    measured, slots = np.unique(outcomes, return_inverse=True)
    values, slots = misread(measured.tolist(), slots, range(width), rng)
    texts = [format(value, f"0{width}b") for value in values]
    return [texts[slot] for slot in slots.tolist()]


def _digits(atoms: int, levels: int) -> NDArray[np.int64]:
    """Row i, column q: the level of atom q in the basis state i."""
    places = np.power(levels, np.arange(atoms)[::-1])
    return np.asarray((np.arange(levels**atoms)[:, None] // places) % levels, dtype=np.int64)


def _drive(sequence: Sequence) -> float:
    """The fastest that light turns an atom, in rad/us."""
    fastest = np.abs(sequence.rabi) + np.abs(sequence.detuning)
    if sequence.raman is not None and sequence.raman_detuning is not None:
        fastest = fastest + np.abs(sequence.raman) + np.abs(sequence.raman_detuning)
    return float(np.max(fastest, initial=0.0))


def _interactions(sequence: Sequence, excited: Real) -> tuple[Real, float]:
    energies, strongest = np.zeros(len(excited)), 0.0
    for first in range(len(sequence.atoms)):
        for second in range(first):
            distance = float(np.linalg.norm(sequence.positions[first] - sequence.positions[second]))
            # Compared as distances: the sixth power of a tiny one is zero.
            closest = (sequence.c6 / _PAIR_LIMIT) ** (1 / 6)
            strength = _PAIR_LIMIT if distance <= closest else sequence.c6 / distance**6
            strongest = max(strongest, strength)
            energies += strength * excited[:, first] * excited[:, second]
    return energies, strongest


def _rotations(sequence: Sequence, stretch: slice, dt: float) -> Matrices:
    """exp(-i H dt) of each atom (axis 0) in each nanosecond (axis 1), as 2x2 or 3x3 matrices.

    Light that drives both transitions couples the ground state to one mixture of r and h, and leaves the other alone.
    """
    rabi = sequence.rabi[:, stretch]
    raman = np.zeros_like(rabi) if sequence.raman is None else sequence.raman[:, stretch].conj()
    size = np.sqrt(np.abs(rabi) ** 2 + np.abs(raman) ** 2)
    angle = size * dt / 2
    up, across = (np.divide(drive, size, out=np.zeros_like(rabi), where=size > 0) for drive in (rabi, raman))
    cosine, sine = np.cos(angle), -1j * np.sin(angle)
    levels = 2 if sequence.raman is None else 3
    matrices = np.empty((*rabi.shape, levels, levels), dtype=np.complex128)
    couplings = (up,) if sequence.raman is None else (up, across)
    matrices[..., 0, 0] = cosine
    for row, one in enumerate(couplings, start=1):
        matrices[..., 0, row] = sine * one
        matrices[..., row, 0] = sine * one.conj()
        for column, other in enumerate(couplings, start=1):
            matrices[..., row, column] = (row == column) + (cosine - 1) * one.conj() * other
    return matrices


def _product(rotations: Matrices) -> Matrices:
    """The Kronecker product over the atoms, for each nanosecond; of no atoms it is the number 1."""
    length, levels = rotations.shape[1:3]
    product = np.ones((length, 1, 1), dtype=np.complex128)
    for factor in rotations:
        size = product.shape[1] * levels
        product = (product[:, :, None, :, None] * factor[:, None, :, None, :]).reshape(length, size, size)
    return product
