"""Arrays of amplitudes, and gates on them.

A state of n qubits is an array of n axes of length two; qubit q is axis n-1-q, so that flattened, qubit 0 is
the least significant bit of an index. Gates work on views of that array and never build a 2^n matrix: a gate
costs one pass over the state, and two qubits under control touch a quarter of it.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .gates import Matrix

State: TypeAlias = NDArray[np.complex128]


def part(state: State, fixed: dict[int, int]) -> State:
    """A view of the amplitudes where the given axes have the given values."""
    return state[(*(fixed.get(axis, slice(None)) for axis in range(state.ndim)), ...)]


def apply(state: State, matrix: Matrix, targets: tuple[int, ...], controls: tuple[int, ...] = ()) -> None:
    """Apply a matrix to the target qubits, in place, where all control qubits are 1.

    `state` has one axis of length two per qubit. The first target is the matrix index's most significant bit.
    """
    top = state.ndim - 1
    fixed = {top - control: 1 for control in controls}
    axes = [top - target for target in targets]
    size = len(matrix)
    slices = [
        part(state, fixed | {axis: (row >> (len(axes) - 1 - i)) & 1 for i, axis in enumerate(axes)})
        for row in range(size)
    ]
    rows, columns = np.nonzero(matrix)
    if len(rows) == size and len(set(columns.tolist())) == size:
        _permute(slices, rows.tolist(), columns.tolist(), [complex(v) for v in matrix[rows, columns]])
        return
    old = [part.copy() for part in slices]
    scratch = np.empty_like(old[0])
    for row in range(size):
        np.multiply(old[0], matrix[row, 0], out=slices[row])
        for column in range(1, size):
            if matrix[row, column] != 0:
                np.multiply(old[column], matrix[row, column], out=scratch)
                slices[row] += scratch


def _permute(slices: list[State], rows: list[int], columns: list[int], values: list[complex]) -> None:
    """One entry per row and column (X, Z, CX, SWAP, phases …): move and scale, without sums."""
    moved = {column: slices[column].copy() for row, column in zip(rows, columns, strict=True) if row != column}
    for row, column, value in zip(rows, columns, values, strict=True):
        if row != column:
            np.multiply(moved[column], value, out=slices[row])
        elif value != 1:
            slices[row] *= value
