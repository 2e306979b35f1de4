"""docs/cli.md: the keys of the JSON are those that it lists, and no command is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from anyqpu_cli import groups, outcome
from anyqpu_cli.app import app
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, ROOT, read

PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
KEYS = {
    re.sub(r"[`]", "", command): set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", keys)))
    for command, keys in re.findall(r"^\| (`.*?) \| (.*) \|$", PAGE.partition("## JSON")[2], re.MULTILINE)
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def keys_of(command: str) -> set[str]:
    return next(keys for names, keys in KEYS.items() if command in names.split(", "))


def test_json_has_the_keys_that_the_page_lists(url: str) -> None:
    there = {"ANYQPU_EMULATOR": url}
    bell = ("submit", BELL, "--device", "kipu:kipu.sim.qsim")
    job = read(*bell, **there)
    assert set(job) == keys_of("submit")
    for words in (["jobs", "kipu", "--limit", 1], ["devices"], ["providers"], ["config", "show"]):
        name = " ".join(str(word) for word in words[: 2 if words[0] == "config" else 1])
        output = read(*words, **there)
        assert output
        assert all(set(entry) == keys_of(name) for entry in output), name
    whole = read("device", "kipu:iqm.qpu.garnet", **there)
    assert set(whole) == keys_of("devices") | keys_of("device")
    assert set(whole["topology"]) == {"v", "nodes", "edges", "family", "positions"}
    assert {"effective_at", "sites", "data"} <= set(whole["calibration"])
    assert set(read(*bell, "--wait", **there)) == keys_of("submit") | keys_of("job result")
    assert set(read(*bell, "--dry-run", **there)) == keys_of("submit --dry-run")
    assert set(read("bug-report", **there)) == keys_of("bug-report")
    assert set(read("config", "check", **there)[0]) == keys_of("config show") | {"ok", "asked"}
    (slot,) = read("reservations", "find", "rigetti:Aspen-9", "--start", "in 3h", "--limit", 1, **there)
    assert set(slot) == keys_of("reservations find")
    booked = read(
        "reservations", "book", "rigetti:Aspen-9", "--start", slot["start"], "--end", slot["end"], "--yes", **there
    )
    assert set(booked) == keys_of("reservations")
    qaas = ("submit", BELL, "--device", "scaleway:EMU-AER-16C-128M", "--wait")
    assert read(*qaas, **there)["counts"]
    session = read("sessions", "scaleway", **there)[0]
    assert set(session) == keys_of("sessions")
    assert set(read("sessions", "show", f"scaleway:{session['id']}", **there)) == keys_of("sessions")


def test_the_page_has_every_command_and_exit_code() -> None:
    table = PAGE.partition("## Submit a program")[0]
    commands = {
        command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands
    }
    commands |= {group.name or "" for group in app.registered_groups}
    for name in commands:
        assert re.search(rf"^\| `{name}\b", table, re.MULTILINE), name
    for group in (groups.job, groups.sessions, groups.reservations, groups.config):
        for command in group.registered_commands:
            assert command.name in table, command.name
    codes = set(re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE))
    assert codes == {str(code) for name, code in vars(outcome).items() if name.isupper() and isinstance(code, int)}
