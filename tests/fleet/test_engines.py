"""The programs of the page on engines, with the engines."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import anyio
import pytest

from anyqpu import Fleet
from anyqpu_emulator.server import running
from scripts.docs_site.blocks import blocks_of
from scripts.docs_site.outside import ROOT
from tests.fleet.support import SIMULATOR, ones
from tests.support.postgres import SERVER

NUMBER = 3
MODULES = ("steps", "celery_app", "procrastinate_app")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the programs of the page, and an emulated cloud."""
    for block in blocks_of(ROOT / "docs" / "engines.md"):
        if block.title is not None:
            (tmp_path / block.title).write_text(block.text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with running(speed="instant") as url:
        monkeypatch.setenv("ANYQPU_EMULATOR", url)
        yield tmp_path
    for name in MODULES:
        sys.modules.pop(name, None)


def module(name: str, ledger: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("FLEET_LEDGER", ledger)
    return importlib.import_module(name)


async def plan(ledger: str) -> None:
    async with Fleet("kipu", ledger=ledger, run="sweep", work=False) as fleet:
        await fleet.submit_many([ones(number) for number in range(NUMBER)], device=SIMULATOR, shots=10)


async def results(ledger: str) -> list[dict[str, int]]:
    async with Fleet("kipu", ledger=ledger, work=False) as fleet:
        return [dict(outcome.result().counts) for outcome in await fleet.gather(fleet.tickets(run="sweep"), timeout=30)]


EXPECTED = [{f"{number:04b}": 10} for number in range(NUMBER)]


def test_celery(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from celery.contrib.testing.worker import start_worker
    from celery.signals import setup_logging

    def as_it_is(**settings: object) -> None:
        """Without a receiver, Celery gives the root logger a handler that outlives the test."""

    setup_logging.connect(as_it_is)
    ledger = str(folder / "fleet.sqlite")
    tasks = module("celery_app", ledger, monkeypatch)
    anyio.run(plan, ledger)
    with start_worker(tasks.app, pool="solo", perform_ping_check=False):
        tasks.fleet.delay(2.0)
        assert anyio.run(results, ledger) == EXPECTED


def test_procrastinate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(app: object, task: object) -> None:
        async with app.open_async():  # type: ignore[attr-defined]
            await app.schema_manager.apply_schema_async()  # type: ignore[attr-defined]
            await task.defer_async(timestamp=0, seconds=2.0)  # type: ignore[attr-defined]
            await app.run_worker_async(wait=False, install_signal_handlers=False)  # type: ignore[attr-defined]

    with SERVER.schema() as ledger:
        tasks = module("procrastinate_app", ledger, monkeypatch)
        anyio.run(plan, ledger)
        asyncio.run(work(tasks.app, tasks.fleet))
        assert anyio.run(results, ledger) == EXPECTED


def test_the_steps_end_where_nothing_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the seconds that they have."""
    ledger = str(folder / "fleet.sqlite")
    steps = module("steps", ledger, monkeypatch)
    beats: list[None] = []
    anyio.run(plan, ledger)
    assert anyio.run(steps.work, 600.0, lambda: beats.append(None)) is None
    assert beats
    assert anyio.run(results, ledger) == EXPECTED
