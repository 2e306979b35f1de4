"""The files for the code host: what they run, and that they agree with the project's metadata."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def workflow() -> Any:
    return yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]["check"]


def test_the_workflow_runs_what_developers_run() -> None:
    assert workflow()["steps"][-1] == {"run": ".ci/run"}


def test_the_workflow_covers_systems_and_versions() -> None:
    matrix = workflow()["strategy"]["matrix"]
    assert {system.split("-")[0] for system in matrix["system"]} == {"ubuntu", "macos", "windows"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {entry[-4:] for entry in project["classifiers"] if re.search(r":: 3\.\d+$", entry)}
    assert named <= set(matrix["python"])
    assert project["requires-python"] == f">={matrix['python'][0]}"


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_forms_ask_for_what_a_maintainer_needs(file: Path) -> None:
    form = yaml.safe_load(file.read_text(encoding="utf-8"))
    fields = {entry["id"]: entry for entry in form["body"] if entry["type"] != "markdown"}
    assert any(entry.get("validations", {}).get("required") for entry in fields.values())
    assert all(entry["attributes"]["label"] for entry in fields.values())


def test_the_container_makes_the_environment_that_it_points_to() -> None:
    text = (ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8")
    container = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    assert container["postCreateCommand"] == "make setup"
    interpreter = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert interpreter.endswith("/.venv/bin/python")
