"""Where a device of neutral atoms has its traps, as Pulser writes devices down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from anyqpu.model.calibration import Topology


def topology_in(specs: Mapping[str, Any]) -> Topology | None:
    """Return the traps of the first calibrated layout in a plane; None without one.

    Traps have their numbers by their place in the list, and no couplings: which atoms feel each other depends on the
    register and the pulses.
    """
    layouts = specs.get("pre_calibrated_layouts")
    for layout in cast("list[Any]", layouts) if isinstance(layouts, list) else ():
        try:
            places = tuple((float(x), float(y)) for x, y in layout["coordinates"])
            name = layout.get("slug")
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
            continue
        if places:
            family = name if isinstance(name, str) else None
            return Topology(nodes=tuple(range(len(places))), edges=(), family=family, positions=places)
    return None
