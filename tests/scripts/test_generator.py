"""What the generator writes, and what it refuses to write."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest

from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.generator.notes import Note
from scripts.generator.prepare import prepare
from scripts.generator.process import generate
from tests.scripts.conftest import Generate
from tests.scripts.small import GOLDEN, GOLDEN_FILES, document, write_client

Change = Callable[[dict[str, Any]], None]


def written_files(folder: Path) -> list[Path]:
    """What the generator wrote: without the byte code that Python adds beside a module that some test imports."""
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


# --- golden files


def test_the_small_document_is_valid_openapi() -> None:
    """What is tested here is what a cloud may publish."""
    openapi_spec_validator.validate(document())


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_generated_code_is_as_reviewed(client_folder: Path, name: str) -> None:
    """A change of the templates, of the generator or of the formatter shows as a difference that people can read.

    If it is meant: `python -m tests.scripts.small` renews the golden files.
    """
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert (client_folder / name).read_text(encoding="utf-8") == golden


def test_there_is_no_golden_file_that_is_not_compared() -> None:
    """A file that was taken out of the list cannot linger."""
    present = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    assert present == {f"{name}.txt" for name in GOLDEN_FILES}


def test_the_client_has_one_module_per_operation_and_per_class(client_folder: Path) -> None:
    """The layout of a generated client; objects without fields get no class."""
    files = {file.relative_to(client_folder).as_posix() for file in written_files(client_folder)}
    models = ["cancellation", "circuit", "job", "job_status", "new_job", "order", "priority", "problem", "pulse"]
    jobs = ["cancel_job", "create_job", "delete_job", "get_job", "list_jobs"]
    assert files == {
        *(
            "__init__.py",
            "client.py",
            "operations.py",
            "pages.py",
            "py.typed",
            "types.py",
            "api/__init__.py",
            "models/__init__.py",
        ),
        *(f"models/{name}.py" for name in [*models, "timeline"]),
        *("api/jobs/__init__.py", "api/tasks/__init__.py", "api/tasks/get_raw_task.py"),
        *(f"api/jobs/{name}.py" for name in jobs),
    }


def test_two_runs_write_the_same_bytes(client_folder: Path, tmp_path: Path) -> None:
    """Generated code can be committed and checked, because nothing in it depends on chance or on the machine."""
    again = write_client(tmp_path / "again")
    for file in written_files(client_folder):
        assert (again / file.relative_to(client_folder)).read_bytes() == file.read_bytes(), file.name


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    """An operation that the cloud has dropped does not survive in the client's folder."""
    folder = write_client(tmp_path / "raw")
    smaller = document()
    del smaller["paths"]["/jobs/{id}/tasks/{number}/raw"]
    (folder / "stray.py").write_text("")
    write_client(tmp_path / "raw", smaller)
    assert not (folder / "stray.py").exists()
    assert not (folder / "api" / "tasks").exists()


def test_the_given_document_is_not_changed(tmp_path: Path) -> None:
    source = document()
    generate(source, tmp_path / "small")
    assert source == document()


def test_descriptions_of_parameters_reach_the_docstrings(client_folder: Path) -> None:
    """Wherever the document keeps it: beside the parameter's schema, or in a shared parameter."""
    text = (client_folder / "client.py").read_text(encoding="utf-8")
    assert "page: Number of the page." in text
    assert "since: No job before this." in text
    assert "id: Identifier of the job." in text


# --- preparation of the document


def with_schemas(schemas: dict[str, Any]) -> dict[str, Any]:
    info = {"title": "Tiny", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": schemas}}


def test_names_of_components_lose_their_prefixes() -> None:
    """`cloud.v1.Job.Access` becomes `JobAccess`, also where it is referred to; acronyms in the plural stay one word."""
    source = with_schemas(
        {
            "cloud.v1.Job.Access": {"$ref": "#/components/schemas/cloud.v1.ListACLsResponse"},
            "cloud.v1.ListACLsResponse": {"type": "object"},
        }
    )
    schemas = prepare(source, strip_prefixes=("cloud.v1.",)).document["components"]["schemas"]
    assert schemas == {
        "JobAccess": {"$ref": "#/components/schemas/ListAclsResponse"},
        "ListAclsResponse": {"type": "object"},
    }


def test_two_components_may_not_become_one() -> None:
    """The second gets a number, and the change is named."""
    prepared = prepare(with_schemas({"a.Job": {}, "b.Job": {"type": "string"}}), strip_prefixes=("a.", "b."))
    assert prepared.document["components"]["schemas"] == {"Job": {}, "Job2": {"type": "string"}}
    assert prepared.notes == [Note("normalized", "schema b.Job", "its class is Job2")]


def test_titles_of_schemas_do_not_name_classes() -> None:
    """A component is named by its key; a property that is called `title` stays."""
    source = document()
    job = source["components"]["schemas"]["Job"]
    job["title"] = "Something Else"
    job["properties"]["title"] = {"type": "string", "title": "The Title", "example": {"title": "kept"}}
    prepared = prepare(source).document
    assert "title" not in prepared["components"]["schemas"]["Job"]
    assert prepared["components"]["schemas"]["Job"]["properties"]["title"] == {
        "type": "string",
        "example": {"title": "kept"},
    }
    assert prepared["info"]["title"] == "Small Cloud"


def test_inline_alternatives_become_components_of_their_own() -> None:
    """Otherwise openapi-python-client would drop them, with whatever refers to them."""
    source = document()
    inline = {"title": "Annealing", "type": "object", "properties": {"terms": {"type": "array", "items": {}}}}
    source["components"]["schemas"]["Program"] = {"oneOf": [{"$ref": "#/components/schemas/Circuit"}, inline]}
    schemas = prepare(source).document["components"]["schemas"]
    assert schemas["Program"]["oneOf"][1] == {"$ref": "#/components/schemas/Annealing"}
    assert schemas["Annealing"]["properties"] == inline["properties"]


# --- refusals: what would be dropped or misread stops the generator, and the message names the place


def with_a_parameter(**fields: Any) -> Change:
    def change(source: dict[str, Any]) -> None:
        source["paths"]["/jobs"]["get"]["parameters"].append({"name": "extra", "in": "query", **fields})

    return change


def with_a_shared_parameter(**fields: Any) -> Change:
    """The same by reference, and for all operations of a path."""

    def change(source: dict[str, Any]) -> None:
        source["components"]["parameters"]["Extra"] = {"name": "extra", "in": "query", **fields}
        source["paths"]["/jobs"]["parameters"] = [{"$ref": "#/components/parameters/Extra"}]

    return change


TEXT = {"schema": {"type": "string"}}
LIST = {"schema": {"type": "array", "items": {"type": "string"}}}


def with_an_enum_of_mixed_types(source: dict[str, Any]) -> None:
    source["components"]["schemas"]["Priority"]["enum"] = [0, "high"]


def with_two_content_types(source: dict[str, Any]) -> None:
    content = source["paths"]["/jobs"]["post"]["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content["application/json"]


def with_a_reference_elsewhere(source: dict[str, Any]) -> None:
    source["components"]["schemas"]["Job"]["properties"]["owner"] = {"$ref": "owners.yaml#/Owner"}


REFUSED: dict[str, tuple[Change, str]] = {
    "cookie": (with_a_parameter(**TEXT, **{"in": "cookie"}), "GET /jobs: cookie parameter extra: cannot be taken"),
    "style": (with_a_parameter(**LIST, style="tabs"), "GET /jobs: query parameter extra: cannot be taken"),
    "list in a header": (with_a_parameter(**LIST, **{"in": "header"}), "GET /jobs: header parameter extra: cannot be"),
    "shared cookie": (
        with_a_shared_parameter(**TEXT, **{"in": "cookie"}),
        "POST /jobs: cookie parameter extra: cannot",
    ),
    "shared style": (
        with_a_shared_parameter(**LIST, style="tabs"),
        "POST /jobs: query parameter extra: cannot be taken",
    ),
    "mixed enum": (with_an_enum_of_mixed_types, "schema Priority: cannot be taken as it is"),
    "two content types": (with_two_content_types, "POST /jobs: body: cannot be taken .* several content types"),
    "reference elsewhere": (
        with_a_reference_elsewhere,
        "schema Job.owner: cannot be taken .* does not have owners.yaml",
    ),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_client_could_not_honour_is_refused(change: Change, message: str, tmp_path: Path) -> None:
    """Before anything is written; the message names operation and parameter."""
    source = document()
    change(source)
    with pytest.raises(UnsupportedDocumentError, match=message):
        generate(source, tmp_path / "small")
    assert not (tmp_path / "small").exists()


def test_everything_that_is_refused_is_named_at_once() -> None:
    source = document()
    cases = [case for name, case in REFUSED.items() if not name.startswith("shared")]
    for change, _ in cases:
        change(source)
    with pytest.raises(UnsupportedDocumentError) as refused:
        prepare(source)
    for _, message in cases:
        assert re.search(message, str(refused.value))


def test_a_warning_of_openapi_python_client_is_an_error(tmp_path: Path) -> None:
    """It would continue without the operation or the model, and exit with success."""
    source = document()
    source["paths"]["/jobs"]["get"]["parameters"] += [
        {"name": name, "in": kind, **TEXT} for name, kind in (("id", "query"), ("id", "header"), ("id_query", "query"))
    ]
    with pytest.raises(GenerationError, match=r"GET /jobs within jobs.*same Python identifier") as refused:
        generate(source, tmp_path / "small")
    assert "object at 0x" not in str(refused.value)
    notes = generate(source, tmp_path / "small", allow_drop=True)
    assert [(note.kind, note.place) for note in notes] == [("dropped", "GET /jobs")]


@pytest.mark.parametrize("words", [["too-long", "too_long"], ["too-long", "too.long"], ["Done", "DONE"]], ids=str)
def test_words_of_an_enum_that_would_share_a_name_get_different_ones(words: list[str], client: Generate) -> None:
    """`too-long` and `too.long` are one name in Python, of which the second would replace the first."""
    source = document()
    source["components"]["schemas"]["Order"]["enum"] = words
    order = client(source, "models").Order
    assert [member.value for member in order] == words


def test_an_operation_without_an_id_is_called_by_its_request(client: Generate) -> None:
    source = document()
    del source["paths"]["/jobs/{id}"]["get"]["operationId"]
    raw = client(source, "client").RawClient
    assert "GET /jobs/{id}" in raw.get_jobs_id.__doc__


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"explode": False}, "a,b"),
        ({"style": "pipeDelimited", "explode": False}, "a|b"),
        ({"style": "pipeDelimited"}, "a|b"),
        ({"style": "spaceDelimited"}, "a b"),
    ],
)
def test_a_list_that_goes_into_one_parameter_is_joined(fields: dict[str, Any], sent: str, client: Generate) -> None:
    source = document()
    source["paths"]["/jobs/{id}"]["get"].setdefault("parameters", []).append(
        {"name": "words", "in": "query", **LIST, **fields}
    )
    build = client(source, "api.jobs.get_job").build_request
    assert build("1", words=["a", "b"]).query == (("words", sent),)
    assert build("1").query == ()


def test_a_document_without_models_has_an_empty_package_of_them(client: Generate) -> None:
    source = {
        "openapi": "3.0.0",
        "info": {"title": "Tiny", "version": "1"},
        "paths": {"/": {"get": {"responses": {"204": {"description": "Well."}}}}},
    }
    assert client(source, "models").__all__ == []
