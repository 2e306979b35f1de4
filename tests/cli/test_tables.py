"""Tables fit the terminal: columns that are left out or cut, short identifiers, and `--columns`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from anyqpu.errors import ValidationError
from anyqpu_cli.columns import Column, fit, selected_columns, short_ids
from anyqpu_cli.tables import cut, table
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, out, read, run, screen, within

QSIM = "kipu:kipu.sim.qsim"
WIDTHS = (60, 80, 120)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        for device in (QSIM, QSIM, "scaleway:EMU-AER-16C-128M"):
            out("submit", BELL, "--device", device, "--quiet", "--name", "A long name 量子", "--emulator-url", address)
        booking = ("--start", "in 3h", "--duration", "30m", "--yes", "--emulator-url", address)
        out("reservations", "book", "rigetti:Aspen-9", *booking)
        yield address


def width(line: str) -> int:
    """The columns that a line takes, without its colours."""
    return cell_len(re.sub(r"\x1b\[[0-9;]*m", "", line))


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    "words",
    [
        ["devices"],
        ["jobs"],
        ["jobs", "--full-ids"],
        ["jobs", "kipu", "--limit", 201],
        ["jobs", "kipu", "--watch", "--timeout", 0],
        ["sessions"],
        ["reservations"],
        ["reservations", "find", "rigetti:Aspen-9", "--limit", 3],
        ["providers"],
        ["device", "rigetti:Aspen-9"],
        ["device", "kipu:ibm.qpu.fez"],
        ["config", "show", "kipu"],
    ],
    ids=lambda words: " ".join(map(str, words)),
)
def test_output_fits_the_terminal(url: str, words: list[object], columns: int) -> None:
    code, lines = screen(*words, columns=columns, NO_COLOR="", ANYQPU_EMULATOR=url)
    assert code == 0, lines
    assert len(lines) > 1 or "--watch" in words
    # Paths are not broken: they are copied.
    assert [line for line in lines if width(line) > columns and "/" not in line] == []


@pytest.mark.parametrize("words", [[], ["job"], ["sessions"], ["reservations"], ["config"]], ids=str)
def test_help_of_a_group_is_whole_on_a_narrow_terminal(words: list[str]) -> None:
    code, lines = screen(*words, "--help", columns=60)
    assert code == 0
    assert not [line for line in lines if width(line) > 60 or "..." in line.replace("[ARGS]...", "")]


def test_a_narrow_terminal_keeps_the_identifying_columns_and_says_what_it_lacks(url: str) -> None:
    _, lines = screen("devices", columns=60, ANYQPU_EMULATOR=url)
    assert lines[0].split() == ["DEVICE", "STATUS", "QUBITS", "PRICE"]
    assert any(line.startswith("scaleway:EMU-QSIM-16C-128M ") for line in lines)
    assert " ".join(lines[-2:]) == "Not shown: kind, queue, name. For more: --columns NAMES, --json or a wider terminal"
    _, lines = screen("devices", "--quiet", columns=60, ANYQPU_EMULATOR=url)
    assert "--columns" not in "".join(lines)


def test_short_ids_on_a_terminal_are_unique_and_whole_ones_are_elsewhere(url: str) -> None:
    ids = [f"{job['provider']}:{job['id']}" for job in read("jobs", "--emulator-url", url)]
    _, lines = screen("jobs", columns=120, ANYQPU_EMULATOR=url)
    short = [line.split()[0] for line in lines[1:]]
    assert [[id for id in ids if id.startswith(text)] for text in short] == [[id] for id in ids]
    assert {len(text.partition(":")[2]) for text in short} == {8}
    _, whole_ids = screen("jobs", "--full-ids", columns=120, ANYQPU_EMULATOR=url)
    for printed in (out("jobs", "--emulator-url", url).splitlines(), whole_ids):
        assert [line.split()[0].removeprefix("anyqpu:").replace(":job:", ":") for line in printed[1:]] == ids
    whole = out("sessions", "scaleway", "--emulator-url", url).splitlines()[1].split()[0]
    assert re.fullmatch(r"scaleway:[0-9a-f-]{36}", whole)


def test_columns_are_chosen_by_name_in_any_order(url: str) -> None:
    there = ("--emulator-url", url)
    assert out("devices", "kipu", "--columns", "qubits,device", *there).splitlines()[0].split() == ["QUBITS", "DEVICE"]
    assert out("jobs", "--columns", "job,tags", *there).splitlines()[0].split() == ["JOB", "TAGS"]
    assert out("sessions", "--columns", "may_cost, mode", *there).splitlines()[0].split() == ["MAY", "COST", "MODE"]
    assert out("reservations", "--columns", "notes", *there).splitlines()[0] == "NOTES"
    assert out("providers", "--columns", "provider", *there).split()[:2] == ["PROVIDER", "kipu"]
    slots = ("reservations", "find", "rigetti:Aspen-9", "--limit", 1, "--columns", "for_start")
    assert out(*slots, *there).splitlines()[0] == "FOR --start"


def test_an_unknown_column_is_an_error_that_lists_all(url: str) -> None:
    code, printed = within("jobs", "--columns", "job,stats", "--emulator-url", url)
    assert code == 2
    assert printed.startswith(
        "anyqpu: there is no column 'stats'. Did you mean 'status'? There are job, status, device,"
    )
    code, printed = within("jobs", "--columns", " , ", "--emulator-url", url)
    assert (code, printed[:38]) == (2, "anyqpu: --columns names no column. The")
    done = run("jobs", "--columns", "job", "--json", "--emulator-url", url)
    assert (done.returncode, done.stdout) == (2, "")


def letters(name: str, size: int, rank: int = 0, least: int | None = None) -> Column[int]:
    """A column of cells that are `size` letters wide."""
    return Column(name=name, value=lambda _: "x" * size, rank=rank, least=least)


def test_columns_are_cut_before_they_are_left_out_and_those_of_the_highest_rank_go_first() -> None:
    # 10 + 10 + 10 letters, and two gaps of 2.
    columns = [letters("A", 10), letters("B", 10, rank=2, least=4), letters("C", 10, rank=1)]
    assert (fit(columns, [0], 34).hidden, fit(columns, [0], 34).shortened) == ((), ())
    narrower = fit(columns, [0], 28)
    assert (narrower.hidden, narrower.shortened, narrower.rows) == ([], ["b"], [["x" * 10, "xxx…", "x" * 10]])
    assert fit(columns, [0], 27).hidden == ["b"]
    assert fit(columns, [0], 21).hidden == ["b", "c"]
    # What identifies an item is never left out.
    assert [column.name for column in fit(columns, [0], 5).columns] == ["A"]
    assert len(fit(columns, [0], None).columns) == 3


def test_cells_take_their_compact_form_before_anything_is_cut() -> None:
    column = Column[int](name="WHEN", value=lambda _: "2030-01-31 14:00 CET (in 12 min)", compact=lambda _: "in 12 min")
    fitted = fit([column, letters("B", 10, rank=1)], [0], 21)
    assert (fitted.rows, fitted.hidden) == ([["in 12 min", "x" * 10]], [])


def test_chosen_columns_are_never_left_out() -> None:
    chosen = selected_columns([letters("A", 10), letters("B", 10, rank=2)], "b,a")
    assert [column.name for column in fit(chosen, [0], 5).columns] == ["B", "A"]
    with pytest.raises(ValidationError, match="there is no column 'C'"):
        selected_columns([letters("A", 10)], "C")


@pytest.mark.parametrize(
    ("ids", "shown"),
    [
        (["0123456789abcdef-1", "1123456789abcdef-1"], ["p:01234567", "p:11234567"]),
        # The tenth character is the first that differs.
        (["0123456789abcdef-1", "012345678Xabcdef-1"], ["p:0123456789", "p:012345678X"]),
        (["1234", "12345"], ["p:1234", "p:12345"]),
        (["0123456789abcdef", "0123456789abcdef0"], ["p:0123456789abcdef", "p:0123456789abcdef0"]),
    ],
)
def test_short_ids_have_as_many_characters_as_make_them_unique(ids: list[str], shown: list[str]) -> None:
    assert short_ids([("p", id) for id in ids]) == shown
    # The same identifier at another provider is another item.
    assert short_ids([("p", ids[0]), ("q", ids[0])])[0] == short_ids([("p", ids[0])])[0]


def test_wide_characters_count_twice() -> None:
    assert cut("量子計算", 5) == "量子…"
    assert cut("qubits, more", 8) == "qubits…"
    assert table(("NAME", "N"), [("量子", 1), ("abcd", 2)]).splitlines() == ["NAME  N", "量子  1", "abcd  2"]
