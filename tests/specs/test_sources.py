"""The vendored documents: their sources, their unchanged text, and how `final.json` is made from them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest

from scripts.documents import PROVIDERS, SPECS, load, operations, to_json
from scripts.generator.normalize import normalized
from scripts.overlay import OverlayError, apply_overlay
from scripts.spec_changes.vendoring import ASIDE
from tests.specs.seeds import folder_of

SOURCES: dict[str, dict[str, Any]] = {
    provider: tomllib.loads((SPECS / provider / "SOURCE.toml").read_text(encoding="utf-8")) for provider in PROVIDERS
}
FINALS: dict[str, dict[str, Any]] = {provider: load(SPECS / provider / "final.json") for provider in PROVIDERS}
OVERLAYS: dict[str, dict[str, Any]] = {provider: load(SPECS / provider / "overlay.yaml") for provider in PROVIDERS}
# A document that was not valid as received has a restored one between the received one and the final one.
RESTORED = {provider for provider in PROVIDERS if (SPECS / provider / "upstream.txt").exists()}

each_provider = pytest.mark.parametrize("provider", PROVIDERS)
each_action = pytest.mark.parametrize(
    ("provider", "number"),
    [(provider, number) for provider in PROVIDERS for number in range(len(OVERLAYS[provider]["actions"]))],
)


def starting_document(provider: str) -> dict[str, Any]:
    """The document that the overlay is written for."""
    folder = SPECS / provider
    return load(folder / "openapi.yaml" if provider in RESTORED else next(folder.glob("upstream.*")))


def checksums() -> list[Any]:
    """(file, sha256) for each pair of `<prefix>file` and `<prefix>sha256` in a SOURCE.toml."""
    files = []
    for provider, source in SOURCES.items():
        for key, value in source.items():
            if key.endswith("sha256"):
                name = source[key.removesuffix("sha256") + "file"]
                files.append(pytest.param(SPECS / provider / name, value, id=f"{provider}/{name}"))
    return files


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, at any depth."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def resolve(document: dict[str, Any], reference: str) -> Any:
    """What a local reference points at; raises `KeyError` where that is nothing."""
    assert reference.startswith("#/"), "all references stay inside the document"
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


@pytest.mark.parametrize(("file", "sha256"), checksums())
def test_each_vendored_file_has_the_checksum_of_its_source(file: Path, sha256: str) -> None:
    """An edit of a vendored file, even of one space, shows here: corrections belong in the overlay."""
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256


@each_provider
def test_no_vendored_file_is_without_checksum(provider: str) -> None:
    """Whatever is in a provider's folder is vendored with a checksum, written by hand, or made by a script.

    An update adds the corrections that it set aside, which are to be looked at.
    """
    listed = {value for key, value in SOURCES[provider].items() if key.endswith("file")}
    made = {"final.json"} | ({"openapi.yaml"} if provider in RESTORED else set())
    present = {file.name for file in (SPECS / provider).iterdir() if file.is_file()}
    assert present - {ASIDE} == listed | made | {"SOURCE.toml", "overlay.yaml"}


@each_provider
def test_the_source_names_the_document_as_it_names_itself(provider: str) -> None:
    """Title and version in SOURCE.toml are those of the document; origin and licence are stated."""
    source, final = SOURCES[provider], FINALS[provider]
    assert (source["title"], source["version"]) == (final["info"]["title"], final["info"]["version"])
    assert source["origin"]
    assert source["licence"]


@each_provider
def test_the_received_document_has_all_its_operations(provider: str) -> None:
    """SOURCE.toml has their number."""
    assert len(operations(starting_document(provider))) == SOURCES[provider]["operations"]


@each_provider
def test_the_final_document_has_those_and_what_the_overlay_adds(provider: str) -> None:
    """The overlay only takes away what an update was allowed to leave out, and adds as many as SOURCE.toml says."""
    before = {(method, path) for method, path, _ in operations(starting_document(provider))}
    after = [(method, path) for method, path, _ in operations(FINALS[provider])]
    added = [line for line in after if line not in before]
    removed = {
        tuple(action["x-removed"].split(" ", 1)) for action in OVERLAYS[provider]["actions"] if "x-removed" in action
    }
    assert before - set(after) == removed
    assert len(after) == SOURCES[provider]["operations"] + len(added) - len(removed)
    assert len(added) == SOURCES[provider].get("operations_added", 0)


@each_provider
def test_the_document_that_was_received_first_is_kept_as_it_is(provider: str) -> None:
    """Also after updates, which move it to `earlier/`."""
    folder = folder_of(provider)
    assert (folder / "overlay.yaml").exists()
    assert (folder / "openapi.yaml").exists() == (provider in ("pasqal", "rigetti"))


@each_provider
def test_each_final_document_is_valid_openapi(provider: str) -> None:
    """Any OpenAPI tool can read `final.json`."""
    openapi_spec_validator.validate(FINALS[provider])


@each_provider
def test_every_reference_of_a_final_document_resolves(provider: str) -> None:
    """No `$ref` points outside the document or at nothing."""
    final = FINALS[provider]
    references = {node["$ref"] for node in objects(final) if isinstance(node.get("$ref"), str)}
    assert references, "each of these documents has components"
    for reference in sorted(references):
        assert isinstance(resolve(final, reference), dict), reference


@each_provider
def test_the_final_document_is_the_received_one_with_its_overlay(provider: str) -> None:
    """`final.json` is never edited: it is the document before it with its overlay, normalized, byte for byte."""
    corrected = apply_overlay(starting_document(provider), OVERLAYS[provider])
    made = to_json(normalized(corrected, FINALS[provider]).document)
    assert (SPECS / provider / "final.json").read_text(encoding="utf-8") == made


@each_action
def test_every_correction_says_why_and_where_that_is_known_from(provider: str, number: int) -> None:
    """Each action of an overlay carries its reason and its evidence."""
    action = OVERLAYS[provider]["actions"][number]
    assert len(action["description"].split()) > 3, "a reason is a sentence"
    assert len(action["x-evidence"].split()) > 1, "evidence names what it was seen in, and where"


@each_provider
def test_a_correction_that_the_cloud_has_made_itself_is_reported(provider: str) -> None:
    """Applied to a document that is already corrected, an overlay fails: that is how an obsolete action is found."""
    with pytest.raises(OverlayError, match=r"matches nothing|changes nothing"):
        apply_overlay(FINALS[provider], OVERLAYS[provider])


@each_provider
def test_a_correction_of_something_that_is_not_there_is_reported(provider: str) -> None:
    """A target with a typing error matches nothing, and that is an error rather than a silence."""
    wrong = {
        "target": "$.components.schemas.NoSuchComponent",
        "description": "An action whose target was misspelt.",
        "x-evidence": "Made for this test.",
        "update": {"type": "object"},
    }
    overlay = {**OVERLAYS[provider], "actions": [wrong, *OVERLAYS[provider]["actions"]]}
    with pytest.raises(OverlayError, match=r"action 1 .*NoSuchComponent.* matches nothing"):
        apply_overlay(starting_document(provider), overlay)
