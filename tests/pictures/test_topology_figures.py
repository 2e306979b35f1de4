"""Qubits and couplings as figures: colours are what was measured, and what was not is seen to be unknown."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import anyio
import pytest
from matplotlib import colormaps
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure

import anyqpu
from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Topology
from anyqpu_pictures.canvas import OTHERS
from anyqpu_pictures.characteristics import measured as all_measured
from anyqpu_pictures.topologies import places_of
from tests.pictures.examples import measured, ring, square
from tests.pictures.reading import overlapping, words_of

READOUT = [("MEASURE", "fRO", (node,), 0.90 + node / 100) for node in range(4)]
T1 = [("FreeInversionRecovery", "T1", (node,), (20 + node) * 1e-6) for node in range(4)]
CZ = [("CZ", "fCZ", pair, value) for pair, value in (((0, 1), 0.8), ((1, 2), 0.85), ((3, 2), 0.9), ((0, 3), 0.95))]


def named(ax: Any, gid: str) -> list[Any]:
    return [artist for artist in ax.get_children() if (artist.get_gid() or "") == gid]


def colour(value: float, least: float, most: float) -> tuple[float, ...]:
    return tuple(colormaps["cividis"](Normalize(least, most)(value)))


def test_qubits_have_the_colour_of_their_readout() -> None:
    ax = measured(ring(4), *T1, *READOUT, *CZ).plot().axes[0]
    for _, _, (node,), value in READOUT:
        (qubit,) = named(ax, f"qubit {node}")
        assert to_rgba(qubit.get_markerfacecolor()) == pytest.approx(colour(value, 0.90, 0.93))
    assert {text.get_text() for text in ax.texts} == {"0", "1", "2", "3"}


def test_couplings_have_that_of_their_gate_whichever_way_round_they_are_named() -> None:
    ax = measured(ring(4), *READOUT, *CZ).plot().axes[0]
    (lines,) = named(ax, "couplings")
    topology = ring(4)
    values = {tuple(sorted(pair)): value for _, _, pair, value in CZ}
    assert len(lines.get_segments()) == 4
    for edge, tint in zip(topology.edges, lines.get_colors(), strict=True):
        assert tuple(tint) == pytest.approx(colour(values[min(edge), max(edge)], 0.8, 0.95))


def test_bars_of_colours_have_a_name_and_a_unit() -> None:
    _, nodes, edges = measured(ring(4), *READOUT, *CZ).plot().axes
    assert edges.get_ylabel() == "couplings: CZ fCZ (0 to 1)"
    assert nodes.get_ylabel() == "qubits: MEASURE fRO (0 to 1)"
    assert edges.get_ylim() == (0.8, 0.95)
    figure = measured(ring(4), *T1).plot(nodes="T1")
    figure.draw_without_rendering()
    ticks = [label.get_text() for label in figure.axes[1].get_yticklabels()]
    assert figure.axes[1].get_ylabel() == "qubits: FreeInversionRecovery T1"
    assert all(tick.endswith(" µs") for tick in ticks if tick)


def test_what_was_not_measured_is_seen_to_be_unknown() -> None:
    figure = measured(ring(4), *READOUT[:3], *CZ[:2]).plot()
    ax = figure.axes[0]
    (unknown,) = named(ax, "unknown qubits")
    assert len(unknown.get_offsets()) == 1
    assert tuple(unknown.get_facecolors()[0]) == to_rgba("white")
    assert not named(ax, "qubit 3")
    (lines,) = named(ax, "unknown couplings")
    assert len(lines.get_segments()) == 2
    assert tuple(lines.get_colors()[0]) == to_rgba(OTHERS)
    assert {"qubit: unknown", "coupling: unknown"} <= set(words_of(figure))


def test_no_unknowns_with_a_full_calibration_or_without_one() -> None:
    assert not any("unknown" in word for word in words_of(measured(ring(4), *READOUT, *CZ).plot()))
    plain = ring(4).plot()
    assert not any("unknown" in word for word in words_of(plain))
    assert len(plain.axes) == 1


def test_a_calibration_without_a_single_number_is_all_unknown() -> None:
    figure = measured(ring(4)).plot()
    assert {"qubit: unknown", "coupling: unknown"} <= set(words_of(figure))
    assert len(figure.axes) == 1


def test_something_else_can_be_chosen_by_either_name() -> None:
    calibration = measured(ring(4), *READOUT, *T1, *CZ)
    for name in ("T1", "t1", "FreeInversionRecovery", "FreeInversionRecovery T1"):
        assert calibration.plot(nodes=name).axes[1].get_ylabel() == "qubits: FreeInversionRecovery T1"
    with pytest.raises(ValidationError, match=r"no 'fR0' was measured.*Did you mean 'MEASURE fRO'\?"):
        calibration.plot(nodes="fR0")
    with pytest.raises(ValidationError, match=r"no 'T1' was measured.*CZ fCZ"):
        calibration.plot(edges="T1")


def test_where_several_were_measured_the_gate_of_most_couplings_is_shown() -> None:
    xy = [("XY", "fXY", pair, 0.5) for pair in ((0, 1), (1, 2))]
    assert measured(ring(4), *xy, *CZ).plot().axes[1].get_ylabel() == "couplings: CZ fCZ (0 to 1)"


def test_one_value_alone_has_a_colour_in_the_middle() -> None:
    ax = measured(ring(4), *[("MEASURE", "fRO", (node,), 0.9) for node in range(4)]).plot().axes[0]
    (qubit,) = named(ax, "qubit 0")
    assert to_rgba(qubit.get_markerfacecolor()) == pytest.approx(tuple(colormaps["cividis"](0.5)), abs=0.02)


def test_numbers_can_be_read_on_dark_and_on_light() -> None:
    ax = measured(square(4, 1), *READOUT).plot().axes[0]
    colours = {text.get_text(): sum(to_rgba(text.get_color())[:3]) / 3 for text in ax.texts}
    assert colours["0"] > 0.9  # on dark blue
    assert colours["3"] < 0.3  # on yellow


def test_colours_are_in_order_in_grey() -> None:
    weights = (0.299, 0.587, 0.114)
    greys = [
        sum(part * weight for part, weight in zip(colormaps["cividis"](step / 20), weights, strict=False))
        for step in range(21)
    ]
    assert greys == sorted(greys)


def test_a_device_whose_qubits_are_not_known_is_an_error_that_says_what_may_help() -> None:
    with pytest.raises(ValidationError, match=r"client\.topology\(device\)"):
        replace(measured(ring(4)), topology=None).plot()


@pytest.mark.parametrize("count", [4, 8, 12, 31])
def test_a_ring_is_round_or_an_octagon(count: int) -> None:
    topology = ring(count)
    places = places_of(topology)
    lengths = [math.dist(places[a], places[b]) for a, b in topology.edges]
    assert max(lengths) == pytest.approx(min(lengths))
    x, y = (sum(place[axis] for place in places.values()) / count for axis in (0, 1))
    radii = [math.dist(place, (x, y)) for place in places.values()]
    assert max(radii) == pytest.approx(min(radii))


@pytest.mark.parametrize(
    "topology",
    [
        Topology(nodes=(5,), edges=()),
        Topology(nodes=(0, 1), edges=()),
        Topology(nodes=(0, 1), edges=((0, 1),)),
        Topology(nodes=(0, 1, 2, 3, 9), edges=((0, 2), (1, 2), (2, 3))),
        Topology(nodes=tuple(range(8)), edges=(*ring(4).edges, *ring(4, first=4).edges)),
        Topology(nodes=tuple(range(60)), edges=tuple((a, b) for b in range(60) for a in range(b))),
        Topology(nodes=(0, 1), edges=(), positions=((1.0, 1.0), (1.0, 1.0))),
        square(20, 20),
    ],
    ids=["one", "two apart", "two", "star", "two rings", "all with all", "one place", "four hundred"],
)
def test_any_graph_is_drawn_and_no_qubit_lies_on_another(topology: Topology) -> None:
    figure = topology.plot()
    figure.draw_without_rendering()
    ax = figure.axes[0]
    assert len([entry for entry in ax.get_children() if (entry.get_gid() or "").startswith("qubit ")]) == len(
        topology.nodes
    )
    width, height = figure.get_size_inches()
    assert 1 < width < 16
    assert 1 < height < 16
    if topology.positions is None:
        places = list(places_of(topology).values())
        apart = [math.dist(a, b) for number, a in enumerate(places) for b in places[:number]]
        assert min(apart, default=1) > 0.2 * max(apart, default=1) / len(places)


def test_couplings_of_all_with_all_are_words_where_lines_would_be_a_blot() -> None:
    full = Topology(nodes=tuple(range(60)), edges=tuple((a, b) for b in range(60) for a in range(b)))
    assert "all 60 are coupled to each other: lines left out" in words_of(full.plot())


def test_axes_of_others_take_it_and_their_figure_comes_back() -> None:
    figure = Figure(figsize=(8, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    assert measured(ring(4), *READOUT, *CZ).plot(ax=left) is figure
    assert named(left, "qubit 0")
    assert ring(4).plot(ax=right) is figure
    assert len(named(right, "couplings")) == 1


def test_a_device_with_a_strange_name_is_only_letters() -> None:
    calibration = replace(measured(ring(4), *READOUT), device_id="$x$ 量 https://example.org/?key=1")
    figure = calibration.plot()
    figure.draw_without_rendering()
    assert figure.axes[0].get_title("left").startswith(r"\$x\$ ? (link), measured 2030-01-31 12:00 UTC")


@pytest.mark.anyio
@pytest.mark.parametrize(("cloud", "device"), [("rigetti", "Aspen-M-3"), ("kipu", "ibm.qpu.fez")])
async def test_calibrations_of_clouds_are_drawn_whole(cloud: str, device: str) -> None:
    async with anyqpu.connect(cloud, emulator=True) as client:  # type: ignore[call-overload]
        calibration = await client.calibration(device)

    def draw() -> Any:
        figure = calibration.plot()
        return figure, overlapping(figure, list(figure.axes[0].texts)), words_of(figure)

    figure, crossing, words = await anyio.to_thread.run_sync(draw)
    assert crossing == []
    ax = figure.axes[0]
    nodes, edges = calibration.topology.nodes, calibration.topology.edges
    assert sorted(int(text.get_text()) for text in ax.texts) == sorted(nodes)
    (lines,) = named(ax, "couplings")
    assert len(lines.get_segments()) == len(edges)
    assert all(named(ax, f"qubit {node}") for node in nodes)
    assert not any("unknown" in word for word in words)
    (readout,) = [entry for entry in all_measured(calibration) if entry.operation.lower() == "measure"]
    bounds = (min(readout.values.values()), max(readout.values.values()))
    assert figure.axes[1].get_ylim() == pytest.approx(bounds)


def test_lines_through_other_qubits_are_avoided_where_another_beginning_does() -> None:
    # From a circle in the order of the numbers, one of them would come to lie on a line.
    edges = ((0, 1), (0, 2), (0, 4), (1, 2), (1, 3), (1, 4), (1, 5), (3, 4), (5, 6))
    topology = Topology(nodes=tuple(range(7)), edges=edges)
    places = places_of(topology)
    for a, b in edges:
        for node in set(topology.nodes) - {a, b}:
            (x0, y0), (x1, y1), (x, y) = places[a], places[b], places[node]
            length = math.dist((x0, y0), (x1, y1))
            part = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length**2))
            assert math.dist((x, y), (x0 + part * (x1 - x0), y0 + part * (y1 - y0))) > 0.3, (a, b, node)


def test_the_same_graph_is_drawn_in_the_same_places_each_time() -> None:
    star = Topology(nodes=tuple(range(9)), edges=tuple((0, node) for node in range(1, 9)))
    assert places_of(star) == places_of(star)
