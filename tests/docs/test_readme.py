"""The README's code does what the README says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu.config.names import VARIABLES, names

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def namespace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Everything that the README's blocks define, run one after another as a reader would."""
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    names["printed"] = capsys.readouterr().out
    return names


def test_the_first_job_lists_devices_and_prints_counts(namespace: dict[str, Any]) -> None:
    lines = namespace["printed"].splitlines()
    assert any(line.startswith("kipu.sim.qsim simulator") for line in lines)
    assert re.fullmatch(r"Counts\(\{'(00|11)': \d+, '(00|11)': \d+\}\)", lines[-1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("waiting", "completed COMPLETED"), ("failing", "Did you mean 'kipu.sim.qsim'?"), ("everything", "OPEN_QASM_V2")],
)
def test_each_example_function_runs(
    namespace: dict[str, Any], name: str, expected: str, anyio_backend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> None:
        async with anyqpu.connect("kipu", emulator=True) as kipu:
            await namespace[name](kipu)

    anyio.run(main, backend=anyio_backend)
    assert expected in capsys.readouterr().out


def test_every_block_was_seen() -> None:
    assert len(BLOCKS) == README.count("```python") == 5


def test_the_table_names_the_arguments_and_variables_that_there_are() -> None:
    rows = re.findall(r"^\| \[?(\w+) [\w ]+(?:\]\(.*?\))? \| (.*?) \| (.*?) \|", README, re.MULTILINE)
    assert len(rows) == 4
    for cloud, arguments, variables in rows:
        assert set(re.findall(r"`(\w+)`", arguments)) <= set(names(cloud.lower()))
        known = {variable for names_of in VARIABLES[cloud.lower()].values() for variable in names_of}
        assert set(re.findall(r"`(\w+)`", variables)) <= known


def test_every_target_and_file_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\$ make ([a-z -]+?)(?:\s+#|\n)", README):
        for name in target.split():
            assert re.search(rf"^{name}:", makefile, re.MULTILINE), name
    for file in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / file).is_file(), file


def test_extras_that_are_named_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for named in re.findall(r"anyqpu\[([a-z,]+)\]", README):
        assert set(named.split(",")) <= extras.keys()
