"""Pictures made of text: bars, and qubits where they are."""

from __future__ import annotations

import re
from pathlib import Path

import anyio
import pytest

import anyqpu
from anyqpu.model.calibration import Topology
from anyqpu.pictures import histogram, sketch
from anyqpu_pictures.lattices import Shape, lattice_of
from tests.pictures.examples import many, ring, square

ROOT = Path(__file__).parents[2]


def test_bars_are_as_long_as_the_shares_of_their_keys() -> None:
    first, second, third = histogram({"00": 75, "11": 20, "01": 5}, width=40).splitlines()
    assert first == "  00 75   75.0%  " + "█" * 30
    assert second == "  11 20   20.0%  " + "█" * 8
    assert third == "  01  5    5.0%  " + "█" * 2


def test_an_eighth_of_a_character_is_seen() -> None:
    assert histogram({"0": 1, "1": 3}, width=10).splitlines()[1].endswith("  ██▌")


def test_keys_that_do_not_fit_are_summed_up() -> None:
    lines = histogram(many(100, 7), rows=4).splitlines()
    assert [line.split()[0] for line in lines] == ["0000000", "0000001", "0000010", "0000011", "others"]
    assert sum(int(line.split()[1]) for line in lines) == many(100, 7).shots
    assert lines[-1].endswith("(96 keys)")


def test_no_counts_are_said() -> None:
    assert histogram({}) == "(no counts)"
    assert histogram({"00": 0}) == "(no counts)"


def test_keys_do_nothing_to_a_terminal() -> None:
    assert "\x1b" not in histogram({"\x1b[2J": 3})


def test_a_ring_of_eight_is_an_octagon() -> None:
    assert sketch(ring(8)).splitlines() == [
        "    7───0",
        "  ╱       ╲",
        "6           1",
        "│           │",
        "5           2",
        "  ╲       ╱",
        "    4───3",
    ]


@pytest.mark.parametrize("count", [4, 5, 9, 12, 21])
def test_a_ring_has_every_qubit_and_every_coupling_once(count: int) -> None:
    drawn = sketch(ring(count))
    assert sorted(map(int, re.findall(r"\d+", drawn))) == list(range(count))
    across = len(re.findall(r"─+", drawn))
    # Those that do not lie in a row stand between the two rows.
    assert across + len(re.findall(r"[│╲╱]", drawn)) == count


def test_a_ring_that_is_numbered_otherwise_is_a_ring() -> None:
    edges = ((0, 3), (3, 1), (1, 4), (4, 2), (2, 0))
    lattice = lattice_of(Topology(nodes=(0, 1, 2, 3, 4), edges=tuple((min(e), max(e)) for e in edges)))
    assert lattice is not None
    assert lattice.shape is Shape.RING


def test_a_square_lattice_has_rows_and_columns() -> None:
    assert sketch(square(3, 2)).splitlines() == ["0────1────2", "│    │    │", "3────4────5"]


def test_a_line_is_one_row() -> None:
    assert sketch(square(4, 1)) == "0────1────2────3"


def test_two_rings_are_listed() -> None:
    two = Topology(nodes=tuple(range(8)), edges=(*ring(4).edges, *ring(4, first=4).edges))
    assert sketch(two, width=20).splitlines()[0].split("   ") == ["0: 1 3", "4: 5 7"]


def test_what_follows_no_lattice_is_listed_with_neighbours_in_columns() -> None:
    star = Topology(nodes=(0, 1, 2, 3, 9), edges=((0, 2), (1, 2), (2, 3)))
    assert re.split(r" {3,}", sketch(star, width=100)) == ["0: 2", "1: 2", "2: 0 1 3", "3: 2", "9: -"]
    assert sketch(star, width=10).splitlines() == ["0: 2", "1: 2", "2: 0 1 3", "3: 2", "9: -"]


def test_couplings_of_all_with_all_are_said_in_words() -> None:
    full = Topology(nodes=(0, 1, 2, 3), edges=tuple((a, b) for b in range(4) for a in range(b)))
    assert sketch(full) == "all 4 qubits are coupled to each other"
    assert sketch(Topology(nodes=(), edges=())) == "(no qubits)"


def test_a_coupling_with_a_qubit_that_is_not_listed_is_left_out() -> None:
    assert sketch(Topology(nodes=(0, 1), edges=((0, 1), (1, 7)))) == "0────1"


def test_traps_stand_where_they_are_with_y_upwards() -> None:
    places = ((0.0, 0.0), (5.0, 0.0), (0.0, 5.0), (5.0, 5.0))
    top, _, bottom = sketch(Topology(nodes=(0, 1, 2, 3), edges=(), positions=places)).splitlines()
    assert (top.split(), bottom.split()) == (["2", "3"], ["0", "1"])


def test_traps_that_do_not_fit_as_numbers_are_dots_and_then_words() -> None:
    places = tuple((float(x), float(y)) for y in range(10) for x in range(20))
    crowd = Topology(nodes=tuple(range(200)), edges=(), positions=places)
    dots = sketch(crowd, width=50)
    assert dots.count("o") == 200
    assert max(map(len, dots.splitlines())) <= 50
    assert sketch(crowd, width=15) == "(200 places, too many for 15 columns)"


@pytest.mark.anyio
async def test_the_page_shows_aspen_9_as_it_is_drawn() -> None:
    async with anyqpu.connect("rigetti", emulator=True) as rigetti:
        topology = await rigetti.topology("Aspen-9")
    assert topology is not None
    drawn = f"{sketch(topology, width=80)}\n{histogram({'00': 507, '11': 493})}\n"
    page = await anyio.Path(ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    assert f"```text\n{drawn}```" in page


@pytest.mark.anyio
async def test_aspen_m_3_is_two_rows_of_five_octagons_in_80_columns() -> None:
    async with anyqpu.connect("rigetti", emulator=True) as rigetti:
        topology = await rigetti.topology("Aspen-M-3")
    assert topology is not None
    drawn = sketch(topology, width=80)
    assert max(map(len, drawn.splitlines())) <= 80
    assert sorted(map(int, re.findall(r"\d+", drawn))) == list(topology.nodes)
    assert len(re.findall(r"[─]+|[│╱╲]", drawn)) == len(topology.edges) == 106
    top = drawn.splitlines()[0]
    assert re.findall(r"\d+─\d+", top) == ["107─100", "117─110", "127─120", "137─130", "147─140"]


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["ibm.qpu.fez", "iqm.qpu.garnet"])
async def test_kipus_processors_have_rows_and_columns(name: str) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        topology = await kipu.topology(name)
    assert topology is not None
    lattice = lattice_of(topology)
    assert lattice is not None
    assert lattice.shape is Shape.GRID
    drawn = sketch(topology, width=100)
    assert sorted(map(int, re.findall(r"\d+", drawn))) == sorted(topology.nodes)
    assert len(re.findall(r"[─]+|[│╱╲]", drawn)) == len(topology.edges)


@pytest.mark.anyio
async def test_layouts_of_traps_come_from_both_clouds_that_have_them() -> None:
    async with anyqpu.connect("pasqal", emulator=True) as pasqal:
        at_pasqal = await pasqal.topology("FRESNEL")
    async with anyqpu.connect("scaleway", emulator=True) as scaleway:
        at_scaleway = await scaleway.topology("QPU-FRESNEL-100PQ")
    assert at_pasqal is not None
    assert at_scaleway is not None
    assert at_pasqal.positions == at_scaleway.positions
    drawn = sketch(at_pasqal)
    assert sorted(map(int, drawn.split())) == list(range(61))
    assert [len(line.split()) for line in drawn.splitlines() if line] == [5, 6, 7, 8, 9, 8, 7, 6, 5]
