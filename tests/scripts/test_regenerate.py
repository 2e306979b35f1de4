"""The regeneration check: whatever is derived from the vendored documents is exactly what they give."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from scripts import emulator_operations, regenerate
from scripts.documents import PROVIDERS, ROOT, SPECS, load, operations
from scripts.generator import TEMPLATES, environment, messages
from scripts.regenerate import PACKAGE, differences, main, restored

MANIFEST: dict[str, Any] = json.loads((ROOT / PACKAGE / "manifest.json").read_text(encoding="utf-8"))


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    """The derived files as committed, where a test may spoil them."""
    for package in (PACKAGE, messages.PACKAGE):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    operations = tmp_path / emulator_operations.FILE
    operations.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / emulator_operations.FILE, operations)
    for provider in PROVIDERS:
        target = tmp_path / "specs" / provider
        target.mkdir(parents=True)
        for file in (SPECS / provider).iterdir():
            if file.name in {"final.json", "openapi.yaml"}:
                shutil.copyfile(file, target / file.name)
    return tmp_path


def test_the_committed_tree_is_what_its_sources_give() -> None:
    """If this fails, a source was changed without `make regenerate`, or a derived file was edited by hand."""
    assert differences(ROOT) == []


def test_every_kind_of_difference_is_reported_by_name(copied_tree: Path) -> None:
    """Edited, deleted and added files, in the clients and in the documents; byte-code caches do not matter."""
    raw = copied_tree / PACKAGE
    edited = raw / "kipu" / "client.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "# edited by hand\n", encoding="utf-8")
    (raw / "scaleway" / "models" / "session.py").unlink()
    (raw / "rigetti" / "api" / "extra.py").write_text("")
    (copied_tree / messages.PACKAGE / "rigetti" / "models_pb2.pyi").unlink()
    (raw / "rigetti" / "__pycache__").mkdir()
    (raw / "rigetti" / "__pycache__" / "client.cpython-311.pyc").write_bytes(b"cached")
    final = copied_tree / "specs" / "pasqal" / "final.json"
    final.write_text(final.read_text(encoding="utf-8").replace('"title"', '"titel"', 1), encoding="utf-8")
    (copied_tree / "specs" / "rigetti" / "openapi.yaml").unlink()
    assert differences(copied_tree) == [
        "generated/anyqpu_grpc/rigetti/models_pb2.pyi",
        "generated/anyqpu_raw/kipu/client.py",
        "generated/anyqpu_raw/rigetti/api/extra.py",
        "generated/anyqpu_raw/scaleway/models/session.py",
        "specs/pasqal/final.json",
        "specs/rigetti/openapi.yaml",
    ]


def test_the_check_names_each_file_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m scripts.regenerate --check` writes nothing and exits with 1, which is what CI looks at."""
    monkeypatch.setattr(regenerate, "differences", lambda root: ["specs/kipu/final.json"])
    monkeypatch.setattr(regenerate, "write_all", lambda root: pytest.fail("the check wrote files"))
    assert main(["--check"]) == 1
    out, err = capsys.readouterr()
    assert err == "specs/kipu/final.json: not what its source gives; run `make regenerate` and commit\n"
    assert out == "generated files: 1 differ\n"


def test_the_check_passes_where_nothing_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(regenerate, "differences", lambda root: [])
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "generated files: all as their sources give\n"


@pytest.mark.parametrize(("arguments", "whole"), [([], False), (["--all"], True)])
def test_without_check_everything_is_written(
    arguments: list[str], whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[Path, bool]] = []
    monkeypatch.setattr(regenerate, "write_all", lambda root, *, whole: written.append((root, whole)))
    assert main(arguments) == 0
    assert written == [(ROOT, whole)]


def fail_to_restore(*arguments: Any) -> str:
    raise AssertionError("the reader ran")


@pytest.mark.parametrize("provider", ["pasqal", "rigetti"])
def test_a_document_is_restored_only_where_its_inputs_changed(
    provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of the manifest decides: received files, the reader's code, and the restored document itself."""
    folder = tmp_path / provider
    shutil.copytree(SPECS / provider, folder)
    record = MANIFEST["restored"][provider]
    monkeypatch.setattr(f"scripts.restore_{provider}.restore", fail_to_restore)
    kept = restored(provider, tmp_path, record)
    assert kept is not None
    assert kept.text == (SPECS / provider / "openapi.yaml").read_text(encoding="utf-8")
    assert kept.record == record
    with pytest.raises(AssertionError, match="the reader ran"):
        restored(provider, tmp_path)
    for name in sorted({"upstream.txt", "operations.json", "openapi.yaml"} & {file.name for file in folder.iterdir()}):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(before + b"\n")
        with pytest.raises(AssertionError, match="the reader ran"):
            restored(provider, tmp_path, record)
        (folder / name).write_bytes(before)
    scripts = tmp_path / "scripts"
    shutil.copytree(regenerate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(regenerate, "SCRIPTS", scripts)
    assert restored(provider, tmp_path, record) is not None
    with next((scripts / regenerate.READERS[provider]).glob("*.py")).open("a") as reader:
        reader.write("# changed\n")
    with pytest.raises(AssertionError, match="the reader ran"):
        restored(provider, tmp_path, record)


def test_the_check_restores_the_documents_whatever_the_manifest_says(
    copied_tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.restore_rigetti.restore", fail_to_restore)
    with pytest.raises(AssertionError, match="the reader ran"):
        differences(copied_tree)


def test_the_manifest_names_the_tools_that_wrote_the_code() -> None:
    """Another version may write other code: it is pinned, and a check with another one says so first of all."""
    tools = {"openapi-python-client": MANIFEST["generator"], "grpcio-tools": MANIFEST["messages"]["generator"]}
    for name, record in tools.items():
        command = [environment.PYTHON, "-c", f"import importlib.metadata as m; print(m.version('{name}'))"]
        installed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        assert record == f"{name} {installed}"
    assert MANIFEST["formatter"] == f"ruff {version('ruff')}"


def test_the_tools_are_pinned_exactly() -> None:
    """The generator's environment and the development extra hold the very versions of the manifest."""
    pins = environment.PINS.read_text(encoding="utf-8").splitlines()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert MANIFEST["generator"].replace(" ", "==") in pins
    assert MANIFEST["messages"]["generator"].replace(" ", "==") in pins
    assert MANIFEST["formatter"].replace(" ", "==") in extras["dev"]
    assert [pin for pin in pins if not pin.startswith("#") and "==" not in pin] == []


def test_the_development_extra_does_without_the_generator() -> None:
    """Its requirements would hold back the versions that users of the command line get."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert not [name for name, packages in extras.items() if "openapi-python-client" in " ".join(packages)]


def test_the_manifest_names_the_templates() -> None:
    """All template files, in order of their names."""
    digest = hashlib.sha256()
    for file in sorted(file for file in TEMPLATES.iterdir() if file.is_file()):
        digest.update(file.read_bytes())
    assert MANIFEST["templates_sha256"] == digest.hexdigest()


def test_the_manifest_names_the_documents() -> None:
    """Which document, as received and as corrected, each client was written from."""
    assert list(MANIFEST["documents"]) == list(PROVIDERS)
    for provider in PROVIDERS:
        folder = SPECS / provider
        assert MANIFEST["documents"][provider] == {
            "upstream_sha256": sha256(next(folder.glob("upstream.*"))),
            "final_sha256": sha256(folder / "final.json"),
            "operations": len(operations(load(folder / "final.json"))),
            # Nothing has to be changed in a corrected document before it is generated from.
            "notes": [],
        }


def test_the_shared_runtime_is_the_template() -> None:
    """Its files are copied, so that they can be read, linted and typed as Python files."""
    assert sha256(TEMPLATES / "core.py") == sha256(ROOT / PACKAGE / "_core.py")
    for name in ("_encoding.py", "_pages.py", "_values.py"):
        assert sha256(TEMPLATES / name) == sha256(ROOT / PACKAGE / name)
