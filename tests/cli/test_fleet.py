"""`anyqpu fleet`: work on a ledger, show it, and decide what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from anyqpu import Fleet, Money
from anyqpu.ledger.entry import Change
from anyqpu_emulator.server import running
from tests.cli.shell import read_within, within
from tests.fleet.support import BELL, SIMULATOR


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running(speed="instant") as address:
        yield address


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.sqlite")


async def plan(server: str, ledger: str) -> list[str]:
    """Plan four jobs for 1.20 EUR each, and return their keys."""
    budget, prices = Money(5, "EUR"), {SIMULATOR: Money("1.20", "EUR")}
    options = {"ledger": ledger, "run": "sweep", "emulator": server, "work": False}
    async with Fleet("kipu", budget=budget, prices=prices, **options) as fleet:
        return [ticket.key for ticket in await fleet.submit_many([BELL] * 4, device=SIMULATOR, shots=10)]


def test_a_ledger_is_worked_on_where_it_was_written_for(server: str, ledger: str) -> None:
    """The address of an emulator on this machine is taken from the ledger."""
    anyio.run(plan, server, ledger)
    code, printed = within("fleet", "status", "--ledger", ledger)
    assert code == 0
    assert re.search(r"sweep +kipu:kipu\.sim\.qsim +planned +- +4 +4\.80 EUR", printed)
    code, printed = within("fleet", "work", "--ledger", ledger, "--settle", 1, "--until-done")
    assert code == 0
    assert "4 over (4 completed)" in printed
    [line] = read_within("fleet", "status", "--ledger", ledger)
    assert (line["state"], line["outcome"], line["entries"], line["held"]) == ("over", "completed", 4, None)
    assert line["spent"]["amount"] == "4.80"
    assert read_within("fleet", "status", "--ledger", ledger, "--run", "another") == []
    assert read_within("fleet", "work", "--ledger", ledger, "--until-done", "--quiet") == [line]


def test_you_decide_what_is_unknown(server: str, ledger: str) -> None:
    first, second, third, _ = anyio.run(plan, server, ledger)

    async def lose() -> None:
        async with Fleet("kipu", ledger=ledger, emulator=server, work="steps") as fleet:
            lease = await fleet.ledger.take("kipu", "this test", 60.0)
            assert lease is not None
            for key in (first, second, third):
                await fleet.ledger.sending(lease, key)
                await fleet.ledger.record(lease, Change(key, "unknown"))

    anyio.run(lose)
    code, printed = within("fleet", "status", "--ledger", ledger)
    assert code == 0
    assert all(key in printed for key in (first, second, third))
    handle = f"anyqpu:kipu:job:5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10?key={third}"
    for key, how, state in ((first, "resend", "planned"), (second, "abandon", "over"), (third, handle, "sent")):
        code, printed = within("fleet", "resolve", key, how, "--ledger", ledger)
        assert (code, printed.split()) == (0, [key, state])
    code, printed = within("fleet", "resolve", first, "abandon", "--ledger", ledger)
    assert code != 0
    assert "is planned" in printed
    code, printed = within("fleet", "resolve", second, "perhaps", "--ledger", ledger)
    assert code == 2


@pytest.mark.parametrize("command", [["status"], ["work"], ["resolve", "anyqpu-1", "resend"]], ids=lambda c: c[0])
def test_a_ledger_that_does_not_exist_is_not_made(ledger: str, command: list[str]) -> None:
    code, printed = within("fleet", *command, "--ledger", ledger)
    assert code == 2
    assert "no such ledger" in printed
    assert not Path(ledger).exists()


def test_a_ledger_without_an_account_has_nothing_to_do(ledger: str) -> None:
    async def make() -> None:
        from anyqpu.ledger.ledger import Ledger

        await (await Ledger.open(ledger)).aclose()

    anyio.run(make)
    code, printed = within("fleet", "work", "--ledger", ledger)
    assert code == 2
    assert "no account" in printed
