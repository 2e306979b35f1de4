"""A newer document takes the place of another, is refused without a trace, or is taken back."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import regenerate
from scripts.documents import PROVIDERS, ROOT, SPECS, load, to_yaml
from scripts.emulator_operations import FILE
from scripts.generator import messages
from scripts.generator.process import Order, generate_all
from scripts.regenerate import PACKAGE
from scripts.spec_changes.overlaying import Fate
from scripts.spec_changes.reading import RefusedError
from scripts.spec_changes.vendoring import ASIDE
from scripts.spec_update import Update, main, restore


@pytest.fixture(scope="module", autouse=True)
def each_client_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Generate the client of a document once: an update changes one of four, and the others are as before.

    That a document always gives the same client is for the tests of the generator to show.
    """
    kept: dict[str, Path] = {}

    def generate_once(orders: Iterable[Order]) -> None:
        for order in orders:
            key = json.dumps([order.document, order.strip_prefixes])
            if key not in kept:
                folder = tmp_path_factory.mktemp("client") / order.out.name
                generate_all([order._replace(out=folder)])
                kept[key] = folder
            # With the modules that clients share.
            shutil.copytree(kept[key].parent, order.out.parent, dirs_exist_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regenerate, "generate_all", generate_once)
        yield


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Sources and derived files as committed, where a test may spoil them."""
    root = tmp_path / "tree"
    for name in ("specs", str(PACKAGE), str(messages.PACKAGE)):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / FILE).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / FILE, root / FILE)
    return root


def contents(tree: Path) -> dict[str, str]:
    return {
        file.relative_to(tree).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in tree.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def source_of(provider: str) -> dict[str, Any]:
    """The document as it was received, or restored: without our corrections."""
    folder = SPECS / provider
    return load(folder / "openapi.yaml" if (folder / "openapi.yaml").exists() else next(folder.glob("upstream.*")))


def written(tmp_path: Path, document: dict[str, Any], name: str = "new.yaml") -> Path:
    file = tmp_path / name
    file.write_text(json.dumps(document) if name.endswith("json") else to_yaml(document), encoding="utf-8")
    return file


def run(tree: Path, tmp_path: Path, provider: str, file: Path) -> Update:
    update = Update(provider, file, overlay=None, origin="a test", root=tree)
    work = tmp_path / "work"
    work.mkdir()
    update.prepare(work)
    update.apply(work)
    return update


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_same_document_changes_nothing_but_where_it_is_from(tree: Path, tmp_path: Path, provider: str) -> None:
    """For all four, also those that were restored from a text: an update is a document like any other."""
    before = contents(tree)
    update = run(tree, tmp_path, provider, written(tmp_path, source_of(provider)))
    assert update.impacts == []
    assert {trial.fate for trial in update.tried} == {Fate.APPLIES}
    after = contents(tree)
    assert after[f"specs/{provider}/final.json"] == before[f"specs/{provider}/final.json"]
    other = {name for name in before if before[name] != after.get(name) and f"specs/{provider}/" not in name}
    assert other == {"generated/anyqpu_raw/manifest.json"}
    assert restore(provider, tree).startswith(f"{provider}: the document ")
    assert contents(tree) == before


def test_an_update_is_vendored_with_its_hash_and_keeps_the_old_one(tree: Path, tmp_path: Path) -> None:
    document = source_of("kipu")
    document["components"]["schemas"]["Backend"]["properties"]["note"] = {"type": "string"}
    document["info"]["version"] = "99"
    file = written(tmp_path, document, "new.json")
    old = contents(tree)["specs/kipu/upstream.json"]
    update = run(tree, tmp_path, "kipu", file)
    source = tomllib.loads((tree / "specs" / "kipu" / "SOURCE.toml").read_text(encoding="utf-8"))
    assert source["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (source["version"], source["origin"], source["operations"]) == ("99", "a test", 33)
    assert (tree / "specs" / "kipu" / "upstream.json").read_bytes() == file.read_bytes()
    assert contents(tree)[f"specs/kipu/earlier/{old[:8]}/upstream.json"] == old
    assert "note: " in (tree / PACKAGE / "kipu" / "models" / "backend.py").read_text(encoding="utf-8")
    assert [str(impact.change) for impact in update.impacts] == ["Backend: field added: note string"]
    assert update.hidden == []
    assert update.is_decided


def test_a_word_that_the_overlay_would_hide_is_not_lost(tree: Path, tmp_path: Path) -> None:
    """Kipu's overlay gives the statuses a name, and so stands before the document's own list of them."""
    document = source_of("kipu")
    document["components"]["schemas"]["Job"]["properties"]["status"]["enum"].append("EVAPORATED")
    update = run(tree, tmp_path, "kipu", written(tmp_path, document))
    assert update.impacts == []
    assert [(str(impact.change), impact.unclassified) for impact in update.hidden] == [
        ("Job: field words added: status EVAPORATED", ("EVAPORATED",))
    ]
    assert not update.is_decided


def test_a_correction_that_the_cloud_has_made_is_set_aside(tree: Path, tmp_path: Path) -> None:
    document = source_of("rigetti")
    document["components"]["schemas"]["Error"]["required"].remove("requestId")
    update = run(tree, tmp_path, "rigetti", written(tmp_path, document))
    (other,) = update.open_actions
    assert other.fate is Fate.REPAIRED
    assert "requestId" in other.target
    (aside,) = load(tree / "specs" / "rigetti" / ASIDE)["actions"]
    assert aside["x-evidence"]
    assert update.impacts == []
    assert [str(impact.change) for impact in update.hidden] == ["Error: field no longer required: requestId"]


def refused(edit: Callable[[dict[str, Any]], object], provider: str = "scaleway") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        document = source_of(provider)
        edit(document)
        return written(folder, document)

    return write


def cut(folder: Path) -> Path:
    file = folder / "cut.yaml"
    file.write_bytes((SPECS / "scaleway" / "upstream.yaml").read_bytes()[:20_000])
    return file


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "another cloud's": (lambda folder: written(folder, source_of("kipu")), "it is similar to kipu's"),
    "another API's": (
        lambda folder: written(folder, {"openapi": "3.0.0", "info": {}, "paths": {"/x": {"get": {"responses": {}}}}}),
        "not a document of scaleway: it has 0% of the operations$",
    ),
    "cut off": (cut, "cut.yaml is not valid"),
    "not valid": (
        refused(lambda d: next(iter(d["paths"].values()))["get"].update(responses="none")),
        "not valid",
    ),
    "two operations with one id": (
        refused(
            lambda d: [item["get"].update(operationId="ListJobs") for item in d["paths"].values() if "get" in item]
        ),
        "operationId|not valid",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_refused_and_leaves_the_tree_alone(tree: Path, tmp_path: Path, case: str) -> None:
    write, reason = BAD[case]
    before = contents(tree)
    with pytest.raises(RefusedError, match=reason):
        run(tree, tmp_path, "scaleway", write(tmp_path))
    assert contents(tree) == before


def test_what_the_generator_cannot_take_is_named_with_a_cure(tree: Path, tmp_path: Path) -> None:
    document = source_of("scaleway")
    jobs = document["paths"]["/qaas/v1alpha1/jobs"]["get"]
    jobs["parameters"].append({"name": "crumb", "in": "cookie", "schema": {"type": "string"}})
    before = contents(tree)
    with pytest.raises(RefusedError, match="GET /qaas/v1alpha1/jobs: cookie parameter crumb") as caught:
        run(tree, tmp_path, "scaleway", written(tmp_path, document))
    assert "usual cure, in the overlay: remove the parameter" in str(caught.value)
    assert contents(tree) == before


def test_a_list_that_is_paged_in_another_way_is_named_with_a_cure(tree: Path, tmp_path: Path) -> None:
    """A parameter or a field of a page that is renamed stops the update, and does not end the list early."""
    document = source_of("kipu")
    (size,) = [
        parameter for parameter in document["paths"]["/jobs"]["get"]["parameters"] if parameter["name"] == "size"
    ]
    size["name"] = "limit"
    with pytest.raises(RefusedError, match="GET /jobs: x-pages: size is the parameter 'size'") as caught:
        run(tree, tmp_path, "kipu", written(tmp_path, document))
    assert "usual cure, in the overlay: describe in x-pages" in str(caught.value)


def test_a_new_list_has_to_be_described(tree: Path, tmp_path: Path) -> None:
    document = source_of("kipu")
    listing = {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}
    listed = {"description": "The jobs.", "content": {"application/json": {"schema": listing}}}
    document["paths"]["/recent-jobs"] = {
        "get": {"operationId": "getRecentJobs", "tags": ["Jobs"], "responses": {"200": listed}}
    }
    update = run(tree, tmp_path, "kipu", written(tmp_path, document))
    assert update.lists == ["getRecentJobs"]
    assert not update.is_decided


def test_a_failure_while_files_are_put_in_place_leaves_the_tree_alone(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*where: Path, **options: bool) -> None:
        if "derived" in str(where[0]):
            raise OSError("full")
        real(*where, **options)

    real = shutil.copyfile
    before = contents(tree)
    monkeypatch.setattr("scripts.spec_update.shutil.copyfile", fail)
    with pytest.raises(OSError, match="full"):
        run(tree, tmp_path, "kipu", written(tmp_path, source_of("kipu")))
    assert contents(tree) == before


def test_there_is_nothing_to_go_back_to_at_first(tree: Path) -> None:
    with pytest.raises(RefusedError, match="has no earlier document"):
        restore("kipu", tree)


def test_the_command_refuses_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kipu", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.endswith("Nothing was changed.\n")
    with pytest.raises(SystemExit) as caught:
        main(["kipu"])
    assert caught.value.code == 2
