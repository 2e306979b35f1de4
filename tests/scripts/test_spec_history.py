"""A small cloud's document is updated many times, each time in a way that real clouds' documents were changed."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts import regenerate
from scripts.documents import to_yaml
from scripts.spec_changes.compare import Level
from scripts.spec_changes.report import Report
from scripts.spec_update import Update, restore, run
from tests.scripts.history import FIRST, HISTORY, LAYER, OVERLAY, Step


@dataclass(frozen=True)
class Taken:
    """An update of the history, as it was taken."""

    report: Report
    markdown: str
    before: dict[str, str]
    after: dict[str, str]


def tree_of(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in root.rglob("*")
        if file.is_file() and "build" not in file.parts
    }


def first_tree(root: Path) -> Path:
    """The tree before the first update, with everything that is derived from the document."""
    for name, text in {**LAYER, "specs/tiny/overlay.yaml": OVERLAY}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    document = json.dumps(FIRST)
    (root / "specs/tiny/upstream.json").write_text(document, encoding="utf-8")
    digest = hashlib.sha256(document.encode()).hexdigest()
    (root / "specs/tiny/SOURCE.toml").write_text(f'file = "upstream.json"\nsha256 = "{digest}"\n', encoding="utf-8")
    regenerate.write_all(root, root / "specs", providers=["tiny"], with_messages=False)
    return root


def written(file: Path, document: dict[str, Any], step: Step) -> Path:
    if step.yaml is None:
        file.write_text(json.dumps(document), encoding="utf-8")
    else:
        file.write_text(to_yaml(document).replace(*step.yaml), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    """All updates, one after the other, by their kind."""
    root = first_tree(tmp_path_factory.mktemp("history"))
    (root / "build").mkdir()
    document, taken = FIRST, {}
    for number, step in enumerate(HISTORY):
        newer = copy.deepcopy(document)
        step.edit(newer)
        file = written(root / "build" / f"{number}.txt", newer, step)
        before = tree_of(root)
        report = run(Update("tiny", file, root=root, providers=["tiny"], allow_drop=step.allow_drop), checks=None)
        markdown = (root / "build/spec-update/tiny/report.md").read_text(encoding="utf-8")
        taken[step.kind] = Taken(report, markdown, before, tree_of(root))
        document = newer if report.exit_code != 2 else document
    return taken


each_step = pytest.mark.parametrize("step", HISTORY, ids=lambda step: step.kind)


def test_the_history_has_many_steps_of_different_kinds() -> None:
    assert len({step.kind for step in HISTORY}) == len(HISTORY) >= 12


@each_step
def test_the_exit_code_says_what_is_left_to_do(history: dict[str, Taken], step: Step) -> None:
    taken = history[step.kind]
    assert taken.report.exit_code == step.exit_code, taken.markdown
    assert f"(exit code {step.exit_code})" in taken.markdown


@each_step
def test_the_report_names_each_change_with_its_effect(history: dict[str, Taken], step: Step) -> None:
    impacts = history[step.kind].report.impacts
    for level, expected in ((Level.MAJOR, step.major), (Level.MINOR, step.minor), (Level.PATCH, step.patch)):
        assert sorted(str(impact.change) for impact in impacts if impact.change.level is level) == sorted(expected)


@each_step
def test_the_report_says_what_a_maintainer_needs(history: dict[str, Taken], step: Step) -> None:
    markdown = history[step.kind].markdown
    assert [text for text in step.said if text not in markdown] == []


@each_step
def test_decisions_come_before_confirmations(history: dict[str, Taken], step: Step) -> None:
    markdown = history[step.kind].markdown
    sections = ["## Refused", "## Work left", "## Decisions", "## To read", "## Edits to copy"]
    places = [markdown.index(f"{title}\n") for title in sections if f"{title}\n" in markdown]
    assert places == sorted(places)


@each_step
def test_the_tree_is_changed_as_a_whole_or_not_at_all(history: dict[str, Taken], step: Step) -> None:
    taken = history[step.kind]
    changed = {name for name in taken.after if taken.after[name] != taken.before.get(name)}
    if step.exit_code == 2:
        assert taken.after == taken.before
    else:
        assert "specs/tiny/SOURCE.toml" in changed
        assert "generated/anyqpu_raw/manifest.json" in changed
        assert {name for name in changed if name.startswith("src/")} <= {"src/anyqpu_emulator/operations.json"}


def test_a_document_may_come_back(tmp_path: Path) -> None:
    """The first, another, the first again, and the other again: each keeps the one before it."""
    root, other = first_tree(tmp_path), copy.deepcopy(FIRST)
    other["components"]["schemas"]["Queue"]["properties"]["note"] = {"type": "string"}
    for number, document in enumerate((other, FIRST, other)):
        file = root / f"{number}.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        assert run(Update("tiny", file, root=root, providers=["tiny"]), checks=None).exit_code == 0
        assert json.loads((root / "specs/tiny/upstream.json").read_bytes()) == document
    assert restore("tiny", root, ["tiny"]).startswith("tiny: the document ")
    assert json.loads((root / "specs/tiny/upstream.json").read_bytes()) == FIRST
