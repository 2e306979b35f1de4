"""Maps of qubits and couplings as text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from anyqpu.model.calibration import Topology
from anyqpu_pictures.lattices import Lattice, Shape, couplings, is_full, lattice_of, neighbours

# Columns and rows between positions of a lattice, the most readable first.
_ACROSS, _DOWN = (5, 4, 3), 2
# A diagonal line is symmetric only with an odd number of cells.
_SLANTED = (4, 3)
_MOST_ROWS = 60

Cell = tuple[int, int]


def sketch(topology: Topology, *, width: int) -> str:
    """See `anyqpu_pictures.sketch`."""
    if not topology.nodes:
        return "(no qubits)"
    if is_full(topology):
        return f"all {len(topology.nodes)} qubits are coupled to each other"
    lattice = lattice_of(topology)
    if lattice is not None:
        drawn = _traps(lattice, width) if lattice.shape is Shape.GIVEN else _lattice(topology, lattice, width)
        if drawn is not None:
            return drawn
    return _table(topology, width)


def _lattice(topology: Topology, lattice: Lattice, width: int) -> str | None:
    digits = max(len(str(node)) for node in topology.nodes)
    places = lattice.places
    slanted = any(places[a][0] != places[b][0] and places[a][1] != places[b][1] for a, b in couplings(topology))
    for across in _SLANTED if slanted else _ACROSS:
        columns = round(max(x for x, _ in places.values()) * across) + digits
        if across <= digits or columns > width:
            continue
        paper = _Paper({node: (round(x * across), round(y * _DOWN)) for node, (x, y) in places.items()}, digits)
        if all(paper.join(*edge) for edge in couplings(topology)):
            return paper.text()
    return None


class _Paper:
    """A grid of characters, with the qubits' numbers centred at their positions."""

    def __init__(self, places: Mapping[int, Cell], digits: int) -> None:
        self._middles = {node: (column + digits // 2, row) for node, (column, row) in places.items()}
        self._cells: dict[Cell, str] = {}
        for node, (column, row) in self._middles.items():
            label = str(node)
            for place, character in enumerate(label):
                self._cells[column - len(label) // 2 + place, row] = character
        self._taken = frozenset(self._cells)

    def join(self, first: int, second: int) -> bool:
        """Draw a line between two numbers; return False if it would cross a third."""
        (x0, y0), (x1, y1) = sorted((self._middles[first], self._middles[second]), key=lambda place: place[::-1])
        if y0 == y1:
            left, right = min(x0, x1), max(x0, x1)
            between = [(x, y0) for x in range(left + 1, right)]
            free = [cell for cell in between if cell not in self._taken]
            ends = {(x0, y0), (x1, y1)}
            # The cells of the two numbers may be crossed.
            if any(self._owner(cell) not in ends for cell in between if cell in self._taken):
                return False
            mark = "─"
        else:
            free = [(round(x0 + (x1 - x0) * (y - y0) / (y1 - y0)), y) for y in range(y0 + 1, y1)]
            if any(cell in self._taken for cell in free):
                return False
            mark = "│" if x0 == x1 else "╲" if x1 > x0 else "╱"
        for cell in free:
            self._cells[cell] = mark if self._cells.get(cell, mark) == mark else "╳"
        return True

    def _owner(self, cell: Cell) -> Cell:
        """Return the centre of the number that a character belongs to."""
        return min(
            (middle for middle in self._middles.values() if middle[1] == cell[1]),
            key=lambda middle: abs(middle[0] - cell[0]),
        )

    def text(self) -> str:
        return "\n".join(_written(self._cells))


def _written(cells: Mapping[Cell, str]) -> list[str]:
    left, right = min(x for x, _ in cells), max(x for x, _ in cells)
    lines = [[" "] * (right + 1 - left) for _ in range(max(y for _, y in cells) + 1)]
    for (x, y), mark in cells.items():
        lines[y][x - left] = mark
    return ["".join(line).rstrip() for line in lines]


def _traps(lattice: Lattice, width: int) -> str:
    """Return positions without couplings, to scale: numbers if they fit, or dots. A cell is twice as high as wide."""
    xs, ys = zip(*lattice.places.values(), strict=True)
    digits = max(len(str(node)) for node in lattice.places)
    near = nearest([*lattice.places.values()]) or 1.0
    for label in (digits, 1):
        scale = max(label + 1, 4) / near
        if wide := max(xs) - min(xs):
            scale = min(scale, (width - label) / wide)
        columns, rows = _marks(xs, scale, down=True), _marks([-y for y in ys], scale / 2)
        cells: dict[Cell, str] = {}
        for node, x, y in zip(lattice.places, columns, rows, strict=True):
            text = str(node).rjust(digits) if label == digits else "o"
            covered = {(x + place, y): character for place, character in enumerate(text)}
            if (x - 1, y) in cells or (x + label, y) in cells or covered.keys() & cells.keys():
                break
            cells |= covered
        else:
            drawn = _written(cells)
            if max(map(len, drawn)) <= width and len(drawn) <= _MOST_ROWS:
                return "\n".join(drawn)
    return f"({len(lattice.places)} places, too many for {width} columns)"


def _marks(values: Sequence[float], scale: float, *, down: bool = False) -> list[int]:
    """Return numbers as whole cells; even spacing is kept, rounded `down` to fit."""
    first = min(values)
    steps = sorted({round(value - first, 3) for value in values})
    gaps = [after - before for before, after in pairwise(steps)]
    if gaps and max(gaps) - min(gaps) < min(gaps) / 100:
        cell = max(1, math.floor(gaps[0] * scale + 1e-6) if down else round(gaps[0] * scale))
        return [round((value - first) / gaps[0]) * cell for value in values]
    return [round((value - first) * scale) for value in values]


def nearest(places: list[tuple[float, float]]) -> float | None:
    """Return the smallest distance between two of them."""
    distances = [math.dist(a, b) for place, a in enumerate(places) for b in places[:place]]
    return min(distances, default=None)


def _table(topology: Topology, width: int) -> str:
    """Return a list of qubits with their neighbours, in columns."""
    texts = [f"{node}: {' '.join(map(str, others)) or '-'}" for node, others in neighbours(topology).items()]
    column = max(len(text) for text in texts) + 3
    columns = max(1, (width + 3) // column)
    rows = -(-len(texts) // columns)
    return "\n".join("".join(text.ljust(column) for text in texts[row::rows]).rstrip() for row in range(rows))
