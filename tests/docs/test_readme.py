"""The first page that people read, in the repository and on the site: its code does what it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu.config.names import names
from scripts.docs_site.blocks import Block, blocks_of

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
HOME = ROOT / "docs" / "index.md"
FIRST_JOB = re.compile(r"Counts\(\{'(00|11)': \d+, '(00|11)': \d+\}\)\n")
# Lines on a screen that is not small.
SCREEN = 60


def python_of(page: Path) -> list[Block]:
    return [block for block in blocks_of(page) if block.language == "python"]


@pytest.mark.parametrize("page", [README, HOME], ids=lambda page: page.name)
def test_the_first_program_prints_counts(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, *_ = python_of(page)
    exec(compile(first.text, str(page), "exec"), {})
    assert FIRST_JOB.fullmatch(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("waiting", "completed COMPLETED"), ("failing", "Did you mean 'kipu.sim.qsim'?"), ("everything", "OPEN_QASM_V2")],
)
def test_each_example_of_the_home_page_runs(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    expected: str,
    anyio_backend: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {"anyqpu": anyqpu}
    for block in python_of(HOME)[1:]:
        exec(block.text, namespace)

    async def main() -> None:
        async with anyqpu.connect("kipu", emulator=True) as kipu:
            await namespace[name](kipu)

    anyio.run(main, backend=anyio_backend)
    assert expected in capsys.readouterr().out


def test_the_readme_fits_on_a_screen() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= SCREEN


def test_the_readme_begins_with_the_two_commands() -> None:
    first, *_ = blocks_of(README)
    assert [command.split("#")[0].strip() for command in first.commands] == ["make demo", "make test"]


def test_the_table_names_the_arguments_and_variables_that_there_are() -> None:
    text = HOME.read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[?(\w+) [\w ]+(?:\]\(.*?\))? \| (.*?) \| (.*?) \|", text, re.MULTILINE)
    assert len(rows) == 4
    for cloud, arguments, variables in rows:
        assert set(re.findall(r"`(\w+)`", arguments)) <= set(names(cloud.lower()))
        available = {
            variable
            for names_of in anyqpu.available_providers()[cloud.lower()].environment.values()
            for variable in names_of
        }
        assert set(re.findall(r"`(\w+)`", variables)) <= available


def test_every_target_and_file_that_is_named_exists() -> None:
    text = README.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\$ make ([a-z -]+?)(?:\s+#|\n)", text):
        for name in target.split():
            assert re.search(rf"^{name}:", makefile, re.MULTILINE), name
    for file in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / file).is_file(), file


def test_the_home_page_names_each_extra_for_users() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    table = HOME.read_text(encoding="utf-8").partition("## Extras")[2]
    assert set(re.findall(r"`([a-z0-9]+)`", table)) >= extras.keys() - {"dev", "docs", "release"}
    for named in re.findall(r"anyqpu\[([a-z0-9,]+)\]", README.read_text(encoding="utf-8")):
        assert set(named.split(",")) <= extras.keys()
