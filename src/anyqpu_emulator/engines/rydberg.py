"""Rydberg atoms under laser light, as a state vector.

    H(t) = sum_q [ Omega_q(t)/2 (exp(-i phi) |g><r| + h.c.) - delta_q(t) n_q ] + sum_{q<p} C6 / r^6 n_q n_p

Each nanosecond is split (Strang): half of the part that is diagonal, the rotations of all atoms, the other half.
Both parts are exact, so the only error is that they do not commute, and it shrinks with the square of the step.
Atom 0 is the most significant bit of an index: bit strings read like the register.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .errors import ProgramTooLargeError, StoppedError
from .pulses import MAX_ATOMS, Sequence
from .readout import misread

State: TypeAlias = NDArray[np.complex128]

_PIECE = 128
_PAIR_LIMIT = 4000.0
"""rad/us. A pair this strongly coupled is never excited together; more would only need shorter steps."""
_PAIR_STEP = 1.0
"""rad that a pair's phase may turn in one step: turning faster than the light, it only has to keep out."""
_DRIVE_STEP = 0.2
"""rad that an atom may turn in one step; real lasers do less in a nanosecond."""
_MAX_STEPS = 400_000


def _never() -> bool:
    return False


def final_state(sequence: Sequence, *, stopped: Callable[[], bool] = _never) -> State:
    """The state at the end, all atoms having begun in the ground state."""
    atoms = len(sequence.atoms)
    if atoms > MAX_ATOMS:
        raise ProgramTooLargeError(f"the register has {atoms} atoms; this emulator computes up to {MAX_ATOMS}")
    bits = _bits(atoms)
    energies, strongest = _interactions(sequence, bits)
    drive = float(np.max(np.abs(sequence.rabi) + np.abs(sequence.detuning), initial=0.0))
    steps = max(1, math.ceil(strongest * 1e-3 / _PAIR_STEP), math.ceil(drive * 1e-3 / _DRIVE_STEP))
    if steps * sequence.duration > _MAX_STEPS:
        raise ProgramTooLargeError("the sequence is too long for atoms this close or light this strong")
    dt = 1e-3 / steps
    half = (atoms + 1) // 2
    state = np.zeros((2**half, 2 ** (atoms - half)), dtype=np.complex128)
    state[0, 0] = 1
    for start in range(0, sequence.duration, _PIECE):
        if stopped():
            raise StoppedError("the computation was stopped")
        stretch = slice(start, start + _PIECE)
        rotations = _rotations(sequence.rabi[:, stretch], dt)
        left, right = _product(rotations[:half]), _product(rotations[half:]).transpose(0, 2, 1)
        diagonal = energies - sequence.detuning[:, stretch].T @ bits.T
        phases = np.exp(-0.5j * dt * diagonal).reshape(-1, *state.shape)
        for phase, first, second in zip(phases, left, right, strict=True):
            for _ in range(steps):
                state = phase * (first @ (phase * state) @ second)
    flat = state.reshape(-1)
    return np.asarray(flat / np.linalg.norm(flat))


def sample(state: State, shots: int, rng: np.random.Generator) -> list[str]:
    """One bit string per shot; `1` is an atom found in the Rydberg state."""
    probabilities = np.abs(state) ** 2
    outcomes = rng.choice(len(state), size=shots, p=probabilities / probabilities.sum())
    width = len(state).bit_length() - 1
    found, slots = np.unique(outcomes, return_inverse=True)
    values, slots = misread(found.tolist(), slots, range(width), rng)
    texts = [format(value, f"0{width}b") for value in values]
    return [texts[slot] for slot in slots.tolist()]


def _bits(atoms: int) -> NDArray[np.float64]:
    """Row i, column q: whether atom q is excited in the basis state i."""
    return np.asarray((np.arange(2**atoms)[:, None] >> np.arange(atoms)[::-1]) & 1, dtype=np.float64)


def _interactions(sequence: Sequence, bits: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    energies, strongest = np.zeros(len(bits)), 0.0
    for first in range(len(sequence.atoms)):
        for second in range(first):
            distance = float(np.linalg.norm(sequence.positions[first] - sequence.positions[second]))
            # Compared as distances: the sixth power of a tiny one is zero.
            closest = (sequence.c6 / _PAIR_LIMIT) ** (1 / 6)
            strength = _PAIR_LIMIT if distance <= closest else sequence.c6 / distance**6
            strongest = max(strongest, strength)
            energies += strength * bits[:, first] * bits[:, second]
    return energies, strongest


def _rotations(rabi: NDArray[np.complex128], dt: float) -> NDArray[np.complex128]:
    """exp(-i H dt) of each atom (axis 0) in each nanosecond (axis 1), as 2x2 matrices."""
    size = np.abs(rabi)
    angle = size * dt / 2
    direction = np.divide(rabi, size, out=np.zeros_like(rabi), where=size > 0)
    matrices = np.empty((*rabi.shape, 2, 2), dtype=np.complex128)
    matrices[..., 0, 0] = matrices[..., 1, 1] = np.cos(angle)
    matrices[..., 0, 1] = -1j * np.sin(angle) * direction
    matrices[..., 1, 0] = -1j * np.sin(angle) * direction.conj()
    return matrices


def _product(rotations: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """The Kronecker product over the atoms, for each nanosecond; of no atoms it is the number 1."""
    length = rotations.shape[1]
    product = np.ones((length, 1, 1), dtype=np.complex128)
    for factor in rotations:
        size = product.shape[1] * 2
        product = (product[:, :, None, :, None] * factor[:, None, :, None, :]).reshape(length, size, size)
    return product
