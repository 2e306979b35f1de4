"""Positions of qubits without a known lattice. They need the extra `plot`, which installs numpy."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from typing import Any, cast

import numpy as np

from anyqpu.model.calibration import Topology
from anyqpu_pictures.lattices import Position, couplings, neighbours

_ROUNDS = 200
# The number of starting layouts, for graphs up to a size: a different start may give a clearer drawing.
_STARTS, _SMALL = 12, 40
# A line that passes a qubit within this distance seems to end there.
_NEAR = 0.3


def by_distance(topology: Topology) -> dict[int, Position]:
    """Return positions whose distances approximate the number of couplings between qubits: stress majorization.

    Of several layouts it is the one with the fewest lines through other qubits, and then across other lines.
    """
    nodes = list(topology.nodes)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    index = {node: place for place, node in enumerate(nodes)}
    pairs = np.array([(index[a], index[b]) for a, b in couplings(topology)], dtype=int).reshape(-1, 2)
    distances = _distances(topology, index)
    best, *others = _starts(len(nodes))
    best = _settled(distances, best)
    least = _penalty(best, pairs)
    for start in others:
        if not least:
            break
        places = _settled(distances, start)
        if (penalty := _penalty(places, pairs)) < least:
            best, least = places, penalty
    return {node: (float(best[place, 0]), float(best[place, 1])) for place, node in enumerate(nodes)}


def _distances(topology: Topology, index: dict[int, int]) -> Any:
    count, beside = len(index), neighbours(topology)
    # Qubits without a path between them get a fixed distance.
    distances = np.full((count, count), math.sqrt(count) + 1)
    for start, row in index.items():
        ahead, seen = deque([start]), {start: 0}
        while ahead:
            node = ahead.popleft()
            distances[row, index[node]] = seen[node]
            for other in beside[node]:
                if other not in seen:
                    seen[other] = seen[node] + 1
                    ahead.append(other)
    np.fill_diagonal(distances, 1)
    return distances


def _starts(count: int) -> Iterator[Any]:
    """Yield positions on a circle: in the order of the qubits, and in fixed permutations."""
    angles = 2 * math.pi * np.arange(count) / count
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * math.sqrt(count)
    yield circle
    if count <= _SMALL:
        for seed in range(1, _STARTS):
            yield circle[np.random.default_rng(seed).permutation(count)]


def _settled(distances: Any, places: Any) -> Any:
    weights: Any = distances**-2.0
    np.fill_diagonal(weights, 0)
    inverse = cast("Any", np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights))
    for _ in range(_ROUNDS):
        places = _moved(places, distances, weights, inverse)
    return places


def _moved(places: Any, distances: Any, weights: Any, inverse: Any) -> Any:
    apart: Any = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, 1)
    pulls: Any = -weights * distances / np.maximum(apart, 1e-9)
    np.fill_diagonal(pulls, 0)
    np.fill_diagonal(pulls, -pulls.sum(axis=1))
    return inverse @ (pulls @ places)


def _penalty(places: Any, pairs: Any) -> float:
    """Return a penalty for lines through qubits and across lines; 0 for a clear drawing."""
    if not len(pairs):
        return 0.0
    starts, ends = places[pairs[:, 0]], places[pairs[:, 1]]
    along = ends - starts
    lengths = np.maximum((along**2).sum(axis=1), 1e-12)
    # The distance of each qubit from each line.
    parts = np.clip(((places[None] - starts[:, None]) * along[:, None]).sum(axis=2) / lengths[:, None], 0, 1)
    apart = np.linalg.norm(starts[:, None] + parts[..., None] * along[:, None] - places[None], axis=2)
    rows = np.arange(len(pairs))
    apart[rows, pairs[:, 0]] = apart[rows, pairs[:, 1]] = math.inf
    through = int((apart < _NEAR).sum())

    def side(points: Any) -> Any:
        """Return the side of each line on which each point is."""
        ahead = points[None] - starts[:, None]
        return np.sign(along[:, None, 0] * ahead[..., 1] - along[:, None, 1] * ahead[..., 0])

    crossed = (side(starts) * side(ends) < 0) & (side(starts) * side(ends) < 0).T
    return len(pairs) ** 2 * through + float(crossed.sum()) / 2
