"""docs/configuration.md says what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import config

from .conftest import Resolve

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("provider", anyqpu.available_providers())
def test_the_table_of_a_cloud_is_the_table_in_the_code(provider: str) -> None:
    part = PAGE.split(f"### {provider.capitalize()}\n")[1].split("\n#")[0]
    table: dict[str, tuple[str, ...]] = {}
    for names, variables in re.findall(r"^\| (`.*?) \| (.*) \|$", part, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", names):
            table[name] = tuple(re.findall(r"`(\w+)`", variables))
    assert table == anyqpu.available_providers()[provider].environment


def test_the_example_of_our_file_is_valid(resolve: Resolve, write: Any) -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]
    assert tomllib.loads(example)
    write(".config/anyqpu/config.toml", example)
    assert config.has_credentials(resolve("kipu"))
    assert resolve("pasqal").get_value("region") == "fr"


def test_the_code_runs(monkeypatch: pytest.MonkeyPatch, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (example,) = [entry for entry in PAGE.split("```python\n") if entry.startswith("from anyqpu import")]
    code = compile(example.split("```")[0], "configuration.md", "exec")
    exec(code, {})
    assert "no credentials were found" in capsys.readouterr().out
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", "t")
    exec(code, {})
    assert capsys.readouterr().out.startswith("environment variable KQH_PERSONAL_ACCESS_TOKEN\n{'token': ('***'")
