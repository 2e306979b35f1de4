"""The pages below docs/: every code block is Python, those that stand alone run, and links lead somewhere."""

from __future__ import annotations

import ast
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal

import anyqpu
from anyqpu.testing import emulated
from scripts.docs_site import blocks
from tests.docs.page_python import Fixtures, Page
from tests.emulator.pasqal.helpers import FLIP

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def blocks_of(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_python(page: Path) -> None:
    for block in blocks_of(page):
        compile(block, str(page), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_the_waiting_page_waits(
    monkeypatch: pytest.MonkeyPatch, anyio_backend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for block in blocks_of(ROOT / "docs" / "waiting.md"):
        exec(block, names)

    async def main() -> None:
        async with anyqpu.connect("kipu", emulator=True) as kipu:
            await names["waiting"](kipu)

    anyio.run(main, backend=anyio_backend)
    out = capsys.readouterr().out
    assert "completed" in out
    assert "Counts(" in out


@pytest.mark.parametrize(("cloud", "counts"), [("kipu", "Counts({'1': 20})"), ("scaleway", "Counts({'01': 100})")])
def test_the_page_of_a_cloud_runs_a_session(
    cloud: str, counts: str, anyio_backend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(ROOT / "docs" / f"{cloud}.md"):
        exec(block, names)

    async def main() -> None:
        async with anyqpu.connect(cloud, emulator=True) as client:
            await names["with_a_session"](client)

    anyio.run(main, backend=anyio_backend)
    assert counts in capsys.readouterr().out


def test_the_pasqal_page_runs_a_session_and_a_batch(anyio_backend: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(ROOT / "docs" / "pasqal.md"):
        exec(block, names)

    async def main() -> None:
        async with anyqpu.connect("pasqal", emulator=True) as pasqal:
            await names["with_a_session"](pasqal, FLIP)
            await names["several"](pasqal, FLIP)

    anyio.run(main, backend=anyio_backend)
    session, *several = capsys.readouterr().out.splitlines()
    assert session == "Counts({'1': 100}, order=native_register)"
    assert several == [f"{shots} Counts({{'1': {shots}}}, order=native_register)" for shots in (100, 200, 300)]


def test_the_rigetti_page_reserves_and_executes(anyio_backend: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(ROOT / "docs" / "rigetti.md"):
        exec(block, names)

    async def main() -> None:
        async with anyqpu.connect("rigetti", emulator=True) as rigetti:
            await names["with_a_reservation"](rigetti)
            await names["with_a_program"](rigetti)

    anyio.run(main, backend=anyio_backend)
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "60.00 USD of 1000.00 USD", "Aspen-9 confirmed", "cancelled", "Counts({'01': 100})",
    ]  # fmt: skip


@pytest.mark.parametrize("cloud", ["kipu", "scaleway", "pasqal", "rigetti"])
def test_the_page_of_a_cloud_names_methods_that_exist(cloud: str) -> None:
    client = anyqpu.connect(cloud, emulator="http://127.0.0.1:1")
    text = (ROOT / "docs" / f"{cloud}.md").read_text(encoding="utf-8")
    tables = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    names = re.findall(rf"`(?:{cloud}\.)?([a-z_.]+)\(", tables)
    assert len(names) > 8
    objects = {"anyqpu": anyqpu, "job": anyqpu.Job, "batch": anyqpu.Batch, "str": str}
    for name in names:
        first, *rest = name.split(".")
        value = objects[first] if first in objects and (rest or first == "str") else getattr(client, first)
        for attribute in rest:
            value = getattr(value, attribute)


def test_the_hooks_of_the_reliability_page_see_requests_and_changes_of_state(
    anyio_backend: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    hooks = next(block for block in blocks.blocks_of(ROOT / "docs" / "reliability.md") if "Metrics" in block.text)
    with ExitStack() as stack:
        clouds = stack.enter_context(emulated(speed="instant"))
        portal = stack.enter_context(start_blocking_portal(anyio_backend))
        Page([hooks], Fixtures(portal, clouds, stack)).run(hooks)
    out = capsys.readouterr().out
    assert "kipu createJob 201" in out
    assert out.splitlines()[-1].endswith("completed")


# First words of pages, which say what a reader can do with them.
VERBS = frozenset(
    (
        *("Add", "Build", "Call", "Catch", "Choose", "Compare", "Connect", "Convert", "Draw", "Embed", "Estimate"),
        *("Execute", "Find", "Iterate", "Let", "Log", "Look", "Make", "Pick", "Plan", "Reach", "Read", "Replace"),
        *("Run", "Set", "Show", "Submit", "Test", "Turn", "Use", "Wait", "Write"),
    )
)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_a_page_begins_with_what_its_reader_can_do(page: Path) -> None:
    title, opening, *_ = page.read_text(encoding="utf-8").split("\n\n")
    assert title.startswith("# "), title
    assert opening.partition(" ")[0] in VERBS, f"the first paragraph does not begin with a verb: {opening}"
    assert len(opening.split()) <= 60, f"the first paragraph is too long: {opening}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_a_page_with_commands_of_the_repository_says_that_they_need_a_clone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if re.search(r"(?:`|\$ )make [a-z]|python -m (?:scripts|tests)\b", text):
        assert re.search(r"\bclone\b", text)
