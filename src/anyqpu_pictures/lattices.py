"""Positions of a device's qubits: its own coordinates, or those of a lattice that its couplings form."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from anyqpu.model.calibration import Topology

Position = tuple[float, float]


class Shape(StrEnum):
    """The source of the positions."""

    GIVEN = "given"
    """The device's own coordinates, y upwards."""
    OCTAGONS = "octagons"
    RING = "ring"
    GRID = "grid"
    """Rows and columns with possible gaps: square lattices, lines, heavy hexagons."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Positions of qubits: in whole steps from the left and from the top, unless the shape is `given`."""

    shape: Shape
    places: Mapping[int, Position]


# The corners of Rigetti's octagons, as Rigetti draws them: 7 and 0 on top, then clockwise.
_CORNERS = ((2, 0), (3, 1), (3, 2), (2, 3), (1, 3), (0, 2), (0, 1), (1, 0))
_OCTAGON = 4


def lattice_of(topology: Topology) -> Lattice | None:
    """Return the lattice of a device's qubits; None for an unknown one."""
    positions = topology.positions or ()
    if len(positions) == len(topology.nodes) and all(math.isfinite(value) for place in positions for value in place):
        return Lattice(Shape.GIVEN, dict(zip(topology.nodes, positions, strict=True)))
    edges = couplings(topology)
    if not edges:
        return None
    finders: tuple[tuple[Shape, Callable[[], Mapping[int, Position] | None]], ...] = (
        (Shape.OCTAGONS, lambda: _octagons(topology, edges)),
        (Shape.RING, lambda: _ring(topology.nodes, edges)),
        (Shape.GRID, lambda: _grid(topology.nodes, edges)),
    )
    for shape, find in finders:
        if places := find():
            return Lattice(shape, places)
    return None


def couplings(topology: Topology) -> list[tuple[int, int]]:
    """Return the couplings between qubits in the list; a provider may name others."""
    nodes = set(topology.nodes)
    return [(a, b) for a, b in topology.edges if a != b and a in nodes and b in nodes]


def is_full(topology: Topology) -> bool:
    """Return whether every qubit can be coupled to every other."""
    count = len(topology.nodes)
    return count > 2 and len({frozenset(edge) for edge in couplings(topology)}) == count * (count - 1) // 2


def neighbours(topology: Topology) -> dict[int, list[int]]:
    """Return the neighbours of each qubit, in order."""
    adjacent: dict[int, set[int]] = {node: set() for node in topology.nodes}
    for first, second in couplings(topology):
        adjacent[first].add(second)
        adjacent[second].add(first)
    return {node: sorted(others) for node, others in adjacent.items()}


def _octagons(topology: Topology, edges: list[tuple[int, int]]) -> dict[int, Position] | None:
    """Return the positions of Aspen's octagons, numbered by tens from the left and by hundreds upwards."""
    if (topology.family or "").lower() != "aspen" or any(node < 0 or node % 10 > 7 for node in topology.nodes):
        return None
    top = max(topology.nodes) // 100
    places: dict[int, Position] = {}
    for node in topology.nodes:
        x, y = _CORNERS[node % 10]
        places[node] = (_OCTAGON * (node // 10 % 10) + x, _OCTAGON * (top - node // 100) + y)
    near = all(abs(places[a][0] - places[b][0]) <= 1 and abs(places[a][1] - places[b][1]) <= 1 for a, b in edges)
    return _from_zero(places) if near else None


def _ring(nodes: Iterable[int], edges: list[tuple[int, int]]) -> dict[int, Position] | None:
    """Return positions on a ring, clockwise, if every qubit has two neighbours and all are in one ring."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    count = len(beside)
    if count < 4 or count != len(set(nodes)) or any(len(neighbours_) != 2 for neighbours_ in beside.values()):
        return None
    order = [min(beside)]
    order.append(min(beside[order[0]]))
    while (following := next(node for node in beside[order[-1]] if node != order[-2])) != order[0]:
        order.append(following)
    if len(order) != count:
        return None
    if count == 8:
        return {node: _CORNERS[place] for place, node in enumerate(order)}
    upper = (count + 1) // 2
    places: dict[int, Position] = {node: (place, 0) for place, node in enumerate(order[:upper])}
    for place, node in enumerate(reversed(order[upper:])):
        # With one fewer below than above, the last one is still at the end.
        places[node] = (place if place < count - upper - 1 else upper - 1, 1)
    return places


def _grid(nodes: Iterable[int], edges: list[tuple[int, int]]) -> dict[int, Position] | None:
    """Return positions in rows numbered from the left, where a coupling to the next number is within a row.

    Square lattices and heavy hexagons are numbered like this. None where a qubit would have two positions, or two
    qubits one.
    """
    steps: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for pair in edges:
        a, b = min(pair), max(pair)
        right, down = (1, 0) if b == a + 1 else (0, 1)
        steps[a].append((b, right, down))
        steps[b].append((a, -right, -down))
    if set(steps) != set(nodes):
        return None
    first = min(steps)
    places: dict[int, tuple[int, int]] = {first: (0, 0)}
    ahead = deque([first])
    while ahead:
        node = ahead.popleft()
        x, y = places[node]
        for other, right, down in steps[node]:
            place = (x + right, y + down)
            if other not in places:
                places[other] = place
                ahead.append(other)
            elif places[other] != place:
                return None
    if len(places) != len(steps) or len(set(places.values())) != len(places):
        return None
    return _from_zero(places)


def _from_zero(places: Mapping[int, Position]) -> dict[int, Position]:
    left, top = min(x for x, _ in places.values()), min(y for _, y in places.values())
    return {node: (x - left, y - top) for node, (x, y) in places.items()}
