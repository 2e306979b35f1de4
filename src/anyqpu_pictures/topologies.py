"""Maps of qubits and couplings, coloured by measured values. They need the extra `plot`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import EngFormatter, MaxNLocator

from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.device import Device
from anyqpu_pictures.canvas import (
    INK,
    LIGHT,
    OTHERS,
    SMALL,
    AnyAxes,
    AnyFigure,
    figure_of,
    inches,
    inked,
    letters,
    paper,
    quiet,
)
from anyqpu_pictures.characteristics import SHARE, Measured, chosen, measured
from anyqpu_pictures.distances import by_distance
from anyqpu_pictures.lattices import Position, Shape, couplings, is_full, lattice_of, neighbours

# Blue to yellow: independent of red-green vision, and from dark to light in grey.
_COLOURS = colormaps["cividis"]
_STEP, _EDGE, _BAR, _HEAD = 0.62, 0.35, 1.15, 0.6
"""Inches: between neighbours, around, for a bar of colours, for the title."""
_MOST_LINES = 1000
# Rigetti draws octagons with sides of one length.
_REGULAR = {0: 0.0, 1: 0.7, 2: 1.7, 3: 2.4}
_OCTAGON = 3.3
UNKNOWN = "unknown"


@dataclass(slots=True)
class _Scale:
    """A property and its colours."""

    group: Measured
    norm: Normalize

    def colour(self, value: float) -> Any:
        return _COLOURS(self.norm(value))


def plot_topology(
    subject: Calibration | Device | Topology, *, nodes: str | None, edges: str | None, ax: AnyAxes
) -> Figure:
    """See `anyqpu_pictures.plot_topology`."""
    topology = subject if isinstance(subject, Topology) else subject.topology
    groups = measured(subject) if isinstance(subject, Calibration) else []
    if topology is None or not topology.nodes:
        raise ValidationError(
            f"this {type(subject).__name__.lower()} has no list of the device's qubits",
            hint="Try client.topology(device), which has plot() too",
        )
    # A bare topology has no measurements, so nothing is marked unknown.
    of_nodes = _scale(chosen(groups, nodes, 1)) if isinstance(subject, Calibration) else None
    of_edges = _scale(chosen(groups, edges, 2)) if isinstance(subject, Calibration) else None
    places = places_of(topology)
    bars = sum(scale is not None for scale in (of_nodes, of_edges))
    figure: Figure
    own = ax is None
    if ax is None:
        wide, high = _spans(places)
        step = _STEP / _nearest(places)
        width = min(max(wide * step + 2 * _EDGE, 3.2), 12) + _BAR * bars
        head = _HEAD if isinstance(subject, Calibration) else 0.3 if topology.positions else 0.0
        height = min(max(high * step + 2 * _EDGE, 1.9), 12) + head
        figure, (ax,) = paper(width, height)
    else:
        figure = figure_of(ax)
    for scale in (of_nodes, of_edges):
        if scale is not None:
            _bar(figure, ax, scale)
    _draw(ax, topology, places, of_nodes, of_edges, coloured=isinstance(subject, Calibration))
    if isinstance(subject, Calibration):
        measured_at = f"{subject.effective_at:%Y-%m-%d %H:%M} UTC" if subject.effective_at else "at an unknown time"
        ax.set_title(
            f"{letters(subject.device_id or 'device', 40)}, measured {measured_at}", fontsize=SMALL + 1, loc="left"
        )
    return inked(figure) if own else figure


def places_of(topology: Topology) -> dict[int, Position]:
    """Return the positions of qubits, y upwards: on their lattice, in a circle if all are coupled, or by distance."""
    lattice = lattice_of(topology)
    count = len(topology.nodes)
    if lattice is not None and lattice.shape is Shape.GIVEN:
        return dict(lattice.places)
    if lattice is not None and lattice.shape is Shape.OCTAGONS:
        return {node: (_along(x), -_along(y)) for node, (x, y) in lattice.places.items()}
    if lattice is not None and lattice.shape is Shape.GRID:
        return {node: (x, -y) for node, (x, y) in lattice.places.items()}
    order = list(topology.nodes)
    if lattice is not None:
        order = _around(topology)
    elif not is_full(topology):
        return by_distance(topology)
    radius = max(1.0, count / (2 * math.pi))
    angles = [math.pi / 2 - 2 * math.pi * place / count for place in range(count)]
    return {
        node: (radius * math.cos(angle), radius * math.sin(angle)) for node, angle in zip(order, angles, strict=True)
    }


def _along(steps: float) -> float:
    octagon, corner = divmod(int(steps), 4)
    return octagon * _OCTAGON + _REGULAR[corner]


def _around(topology: Topology) -> list[int]:
    """Return the qubits of a ring in order."""
    beside = neighbours(topology)
    order = [min(beside)]
    order.append(min(beside[order[0]]))
    while len(order) < len(beside):
        order.append(next(node for node in beside[order[-1]] if node != order[-2]))
    return order


def _spans(places: Mapping[int, Position]) -> tuple[float, float]:
    xs, ys = zip(*places.values(), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def _nearest(places: Mapping[int, Position]) -> float:
    """Return the smallest distance between two positions, or a minimum where some coincide."""
    spots = np.array(list(places.values()))
    if len(spots) < 2:
        return 1.0
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    distances = apart[np.triu_indices(len(spots), 1)]
    return float(max(distances.min(), distances.max() / 100)) or 1.0


def _scale(group: Measured | None) -> _Scale | None:
    if group is None:
        return None
    low, high = min(group.values.values()), max(group.values.values())
    # A single value gets the middle colour.
    margin = (abs(low) or 1.0) / 100 if low == high else 0.0
    return _Scale(group, Normalize(low - margin, high + margin))


def _bar(figure: AnyFigure, ax: AnyAxes, scale: _Scale) -> None:
    bar: Any = figure.colorbar(ScalarMappable(scale.norm, _COLOURS), ax=ax, fraction=0.05, pad=0.02, aspect=24)
    unit = scale.group.unit
    bar.locator = MaxNLocator(5)
    if unit == "s":
        bar.formatter = EngFormatter(unit="s")
    bar.update_ticks()
    bar.ax.tick_params(labelsize=SMALL)
    kind = "qubits" if scale.group.size == 1 else "couplings"
    # The ticks have seconds with a prefix.
    suffix = "" if unit == "s" else f" ({unit})"
    bar.set_label(f"{kind}: {letters(scale.group.label, 40)}{suffix}", fontsize=SMALL)


def _draw(
    ax: AnyAxes,
    topology: Topology,
    places: Mapping[int, Position],
    of_nodes: _Scale | None,
    of_edges: _Scale | None,
    *,
    coloured: bool,
) -> None:
    wide, high = _spans(places)
    near = _nearest(places)
    margin = near * 0.6
    xs, ys = zip(*places.values(), strict=True)
    ax.set_xlim(min(xs) - margin, max(xs) + margin)
    ax.set_ylim(min(ys) - margin, max(ys) + margin)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    quiet(ax, keep=())
    if topology.positions is not None:
        ax.set_xlabel(f"{wide:.4g} µm by {high:.4g} µm", fontsize=SMALL)
    figure_of(ax).draw_without_rendering()
    width, height = inches(ax)
    step = min(width / (wide + 2 * margin), height / (high + 2 * margin)) * near * 72
    size = min(max(step * 0.62, 3.0), 26.0)
    lacking = _lines(ax, topology, places, of_edges, size, coloured=coloured)
    lacking |= _circles(ax, topology, places, of_nodes, size, coloured=coloured)
    _legend(ax, lacking)


def _lines(
    ax: AnyAxes,
    topology: Topology,
    places: Mapping[int, Position],
    scale: _Scale | None,
    size: float,
    *,
    coloured: bool,
) -> set[str]:
    """Draw the couplings; return the entries of the legend for unknown ones."""
    pairs = couplings(topology)
    if is_full(topology) and len(pairs) > _MOST_LINES:
        ax.set_xlabel(f"all {len(topology.nodes)} are coupled to each other: lines left out", fontsize=SMALL)
        return set()
    values = scale.group.values if scale is not None else {}
    measured_pairs = [pair for pair in pairs if (min(pair), max(pair)) in values]
    others = [pair for pair in pairs if (min(pair), max(pair)) not in values]
    width = size / 5

    def segments(couples: list[tuple[int, int]]) -> list[list[Position]]:
        return [[places[a], places[b]] for a, b in couples]

    if measured_pairs and scale is not None:
        # The light colours need a border on white.
        ax.add_collection(LineCollection(segments(measured_pairs), colors=INK, linewidths=width + 1.4, zorder=1))
        tints = [scale.colour(values[min(pair), max(pair)]) for pair in measured_pairs]
        ax.add_collection(
            LineCollection(segments(measured_pairs), colors=tints, linewidths=width, zorder=2, gid="couplings")
        )
    if others and coloured:
        style: dict[str, Any] = {"colors": OTHERS, "linestyles": "dotted", "linewidths": max(1.0, width / 2)}
        ax.add_collection(LineCollection(segments(others), zorder=1, gid="unknown couplings", **style))
        return {"couplings"}
    if others:
        ax.add_collection(LineCollection(segments(others), colors=OTHERS, linewidths=1.2, zorder=1, gid="couplings"))
    return set()


def _circles(
    ax: AnyAxes,
    topology: Topology,
    places: Mapping[int, Position],
    scale: _Scale | None,
    size: float,
    *,
    coloured: bool,
) -> set[str]:
    """Draw the qubits with their numbers; return the entries of the legend for unknown ones."""
    values = scale.group.values if scale is not None else {}
    digits = max(len(str(node)) for node in topology.nodes)
    size_of_letters = min(SMALL, size * (0.42 if digits > 2 else 0.5))
    unknown: list[Position] = []
    for node in topology.nodes:
        place, value = places[node], values.get((node,))
        dark = False
        if scale is not None and value is not None:
            colour = scale.colour(value)
            dark = sum(part * share for part, share in zip(colour, (0.3, 0.59, 0.11), strict=False)) < 0.5
            ax.plot(*place, "o", ms=size, mfc=colour, mec=INK, mew=0.7, zorder=3, gid=f"qubit {node}")
        elif coloured:
            unknown.append(place)
        else:
            ax.plot(*place, "o", ms=size, mfc="white", mec=INK, mew=0.9, zorder=3, gid=f"qubit {node}")
        if size_of_letters >= 4.5:
            colour = LIGHT if dark else INK
            ax.annotate(str(node), place, ha="center", va="center", fontsize=size_of_letters, color=colour, zorder=5)
    if unknown:
        xs, ys = zip(*unknown, strict=True)
        style: dict[str, Any] = {"facecolors": "white", "edgecolors": OTHERS, "linestyles": "dashed"}
        ax.scatter(xs, ys, s=size**2, zorder=3, gid="unknown qubits", **style)
        return {"qubits"}
    return set()


def _legend(ax: AnyAxes, lacking: set[str]) -> None:
    """Draw a legend for dashed and dotted elements."""
    handles: list[Any] = []
    if "qubits" in lacking:
        ring: dict[str, Any] = {"marker": "o", "markersize": 8, "mfc": "white", "mec": OTHERS, "linestyle": "none"}
        handles.append(Line2D([], [], label=f"qubit: {UNKNOWN}", **ring))
    if "couplings" in lacking:
        handles.append(Line2D([], [], color=OTHERS, linestyle="dotted", label=f"coupling: {UNKNOWN}"))
    if handles:
        ax.legend(
            handles=handles,
            loc="upper center",
            bbox_to_anchor=(0.5, 0.0),
            ncols=2,
            fontsize=SMALL,
            frameon=False,
        )


__all__ = ["SHARE", "places_of", "plot_topology"]
