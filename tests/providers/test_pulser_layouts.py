"""Layouts of traps that cannot be read are passed over."""

from __future__ import annotations

from typing import Any

import pytest

from anyqpu.core.programs.pulser_layouts import topology_in

GOOD = {"slug": "line", "coordinates": [[0, 0], [5.5, 0]]}


@pytest.mark.parametrize(
    "place", [[10**400, 0], [None, 0], [0], "ab", 7], ids=["huge", "null", "short", "text", "number"]
)
def test_the_first_layout_with_readable_places_counts(place: Any) -> None:
    topology = topology_in({"pre_calibrated_layouts": [{"coordinates": [place]}, GOOD]})
    assert topology is not None
    assert (topology.family, topology.positions) == ("line", ((0.0, 0.0), (5.5, 0.0)))
