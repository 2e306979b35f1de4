"""Maps of qubits and couplings as SVG for notebooks."""

from __future__ import annotations

from anyqpu.model.calibration import Topology
from anyqpu_pictures.lattices import Shape, couplings, is_full, lattice_of
from anyqpu_pictures.sketches import nearest

# In pixels: the distance of neighbours, and the radius of a qubit.
_STEP, _RADIUS = 30.0, 10.0
_MOST_QUBITS, _WIDEST = 1000, 900.0


def svg(topology: Topology) -> str | None:
    """Return a map of the qubits; None where their positions are unknown, or are too many to be read."""
    lattice = lattice_of(topology)
    if lattice is None or is_full(topology) or not 0 < len(lattice.places) <= _MOST_QUBITS:
        return None
    positions = list(lattice.places.values())
    left, top = min(x for x, _ in positions), min(y for _, y in positions)
    width, height = max(x for x, _ in positions) - left, max(y for _, y in positions) - top
    near = nearest(positions) or 1.0
    scale = min(_STEP / near, _WIDEST / (max(width, height) or 1.0))
    upwards = lattice.shape is Shape.GIVEN
    places = {
        node: ((x - left) * scale + _RADIUS + 1, (height - (y - top) if upwards else y - top) * scale + _RADIUS + 1)
        for node in topology.nodes
        for x, y in (lattice.places[node],)
    }
    lines = "".join(
        f'<line x1="{places[a][0]:.0f}" y1="{places[a][1]:.0f}" x2="{places[b][0]:.0f}" y2="{places[b][1]:.0f}"/>'
        for a, b in couplings(topology)
    )
    radius = min(_RADIUS, near * scale / 2)
    circles = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}"/>' for x, y in places.values())
    # Numbers that would not fit into the circles are left out.
    numbers = "".join(f'<text x="{x:.0f}" y="{y + 3:.0f}">{node}</text>' for node, (x, y) in places.items())
    wide, high = width * scale + 2 * _RADIUS + 2, height * scale + 2 * _RADIUS + 2
    return (
        f'<svg viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" style="max-width:100%;margin:4px 0">'
        f'<g style="stroke:#888888;stroke-width:2">{lines}</g><g style="fill:#4A8FC7">{circles}</g>'
        f'<g style="fill:#ffffff;font-size:9px;text-anchor:middle">{numbers if radius == _RADIUS else ""}</g></svg>'
    )
