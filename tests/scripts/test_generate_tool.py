"""`python -m scripts.generate` as a tool: overlays of others, the runtime of another package, files of others."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from anyqpu_raw import _core

from scripts.documents import operations
from scripts.generate import main
from scripts.generator.prepare import prepare
from tests.scripts.small import DATA, document
from tests.support.large_document import large_document

SMALL = str(DATA / "small.json")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def written(tmp_path: Path, source: dict[str, Any], name: str = "spec.json") -> str:
    file = tmp_path / name
    file.write_text(json.dumps(source))
    return str(file)


# --- files of others


def test_only_files_that_the_generator_wrote_are_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also in folders of its own; what it does not write any more is gone."""
    out = tmp_path / "clients" / "small"
    assert main(["--spec", SMALL, "--out", str(out)]) == 0
    first = contents(out)
    (out / "notes.txt").write_text("mine")
    (out / "api" / "extra").mkdir()
    (out / "api" / "extra" / "mine.py").write_text("mine = 1\n")
    smaller = document()
    del smaller["paths"]["/jobs/{id}/tasks/{number}/raw"]
    assert main(["--spec", written(tmp_path, smaller), "--out", str(out)]) == 0
    second = contents(out)
    assert (second.pop("notes.txt"), second.pop("api/extra/mine.py")) == (b"mine", b"mine = 1\n")
    assert first.keys() - second.keys() == {"api/tasks/__init__.py", "api/tasks/get_raw_task.py"}
    assert sorted(path.name for path in out.parent.iterdir()) == ["small"]
    assert main(["--spec", SMALL, "--out", str(out)]) == 0
    assert {name: text for name, text in contents(out).items() if name in first} == first
    capsys.readouterr()


@pytest.mark.parametrize("name", ["client.py", "models/job.py", "manifest.json"])
def test_a_file_of_others_in_the_place_of_a_generated_one_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "small" / name).parent.mkdir(parents=True)
    (tmp_path / "small" / name).write_text("{}")
    assert main(["--spec", SMALL, "--out", str(tmp_path / "small")]) == 1
    assert f"has files that this script did not write: {name}; move or delete them first" in capsys.readouterr().err
    assert contents(tmp_path) == {f"small/{name}": b"{}"}


def test_a_file_is_not_a_folder_to_write_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small").write_text("mine")
    assert main(["--spec", SMALL, "--out", str(tmp_path / "small")]) == 1
    assert "is a file; name the folder of the package" in capsys.readouterr().err
    assert contents(tmp_path) == {"small": b"mine"}


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "notes.txt").write_text("mine")
    source = document()
    source["components"]["schemas"]["Priority"]["enum"] = [0, "high"]
    before = contents(tmp_path / "small")
    assert main(["--spec", written(tmp_path, source), "--out", str(tmp_path / "small")]) == 1
    assert "schema Priority: cannot be taken as it is (--simplify: any value" in capsys.readouterr().err
    assert contents(tmp_path / "small") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small", "spec.json"]


# --- the runtime of another package


def test_a_client_that_shares_the_runtime_raises_its_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It writes none of its own, and its models are models of ours."""
    name = f"small_{uuid4().hex}"
    assert main(["--spec", SMALL, "--out", str(tmp_path / name), "--core", "anyqpu_raw._core"]) == 0
    capsys.readouterr()
    assert not list((tmp_path / name).glob("_*.py")) or [f.name for f in (tmp_path / name).glob("_*.py")] == [
        "__init__.py"
    ]
    sys.path.insert(0, str(tmp_path))
    try:
        job = import_module(f"{name}.api.jobs.get_job")
        models = import_module(f"{name}.models")
    finally:
        sys.path.remove(str(tmp_path))
    assert issubclass(models.Job, _core.ApiModel)
    with pytest.raises(_core.ResponseError, match="getJob: the body is empty"):
        job.parse_response(SimpleNamespace(status_code=200, headers={}, content=b""))


def test_a_runtime_is_called_as_ours_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--spec", SMALL, "--out", str(tmp_path / "small"), "--core", "anyqpu_raw"])
    assert "such as anyqpu_raw._core, not anyqpu_raw" in capsys.readouterr().err


# --- overlays of others

STANDARD = {
    "overlay": "1.0.0",
    "info": {"title": "Another", "version": "1"},
    "extends": "https://example.org/spec.json",
    "actions": [
        {"target": "$.paths['/jobs'].get", "update": {"operationId": "allJobs"}},
        {"target": "$.components.schemas.Gone", "remove": True},
        {"target": "$.info", "update": {"version": "1.0"}},
    ],
}


def test_an_overlay_of_others_needs_no_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The standard allows an action that matches nothing; it is named all the same."""
    overlay = written(tmp_path, STANDARD, "overlay.json")
    assert main(["--spec", SMALL, "--out", str(tmp_path / "small"), "--overlay", overlay]) == 0
    assert "async def all_jobs(" in (tmp_path / "small" / "client.py").read_text()
    printed = capsys.readouterr().out
    assert f"{overlay}: action 2 ($.components.schemas.Gone) matches nothing" in printed
    assert "action 3" not in printed


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"target": "$.info"}, "action 1 ($.info) needs exactly one of update and remove"),
        ({"target": "$.paths[", "remove": True}, "overlay.json: "),
    ],
)
def test_an_overlay_that_is_not_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], action: dict[str, Any], message: str
) -> None:
    overlay = written(tmp_path, {**STANDARD, "actions": [action]}, "overlay.json")
    assert main(["--spec", SMALL, "--out", str(tmp_path / "small"), "--overlay", overlay]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "small").exists()


@pytest.mark.parametrize("text", ["[", "- a\n", "a: {b\n"])
def test_a_file_that_is_not_an_overlay_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(text)
    assert main(["--spec", SMALL, "--out", str(tmp_path / "small"), "--overlay", str(overlay)]) == 1
    assert capsys.readouterr().err.startswith(f"{overlay}: ")


# --- what no rule foresees


def test_what_openapi_python_client_refuses_is_dropped_by_name_only_where_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = document()
    source["paths"]["/jobs"]["get"]["parameters"] += [
        {"name": name, "in": kind, "schema": {"type": "string"}}
        for name, kind in (("id", "query"), ("id", "header"), ("id_query", "query"))
    ]
    command = ["--spec", written(tmp_path, source), "--out", str(tmp_path / "small"), "--simplify"]
    assert main(command) == 1
    assert "GET /jobs" in capsys.readouterr().err
    assert main([*command, "--allow-drop"]) == 0
    printed = capsys.readouterr().out
    assert "dropped: GET /jobs: " in printed
    assert "5 operations, 1 dropped" in printed


# --- size


def test_a_large_document_is_made_of_copies_with_names_of_their_own() -> None:
    """Each copy has the same changes; `python -m tests.support.large_document` measures the generator with it."""
    prepared = prepare(large_document(100), simplify=True, allow_drop=True)
    assert len(operations(prepared.document)) >= 100 - 10
    dropped = [note.place for note in prepared.notes if note.kind == "dropped"]
    assert dropped == [f"GET /area{number}/twice/{{a}}/{{a}}" for number in range(1, 10 + 1)]
    names = [operation["operationId"] for _, _, operation in operations(prepared.document)]
    assert len(set(names)) == len(names)
