"""What the generator writes, and what it refuses to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest

from scripts.generator.build import GenerationError, generate
from scripts.generator.prepare import UnsupportedDocumentError, prepare
from tests.scripts.small import GOLDEN, GOLDEN_FILES, document, write_client

Change = Callable[[dict[str, Any]], None]


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
    files = {file.relative_to(client_folder).as_posix() for file in client_folder.rglob("*") if file.is_file()}
    models = ["cancellation", "circuit", "job", "job_status", "new_job", "order", "priority", "problem", "pulse"]
    jobs = ["cancel_job", "create_job", "delete_job", "get_job", "list_jobs"]
    assert files == {
        *("__init__.py", "client.py", "operations.py", "py.typed", "types.py", "api/__init__.py", "models/__init__.py"),
        *(f"models/{name}.py" for name in [*models, "timeline"]),
        *("api/jobs/__init__.py", "api/tasks/__init__.py", "api/tasks/get_raw_task.py"),
        *(f"api/jobs/{name}.py" for name in jobs),
    }


def test_two_runs_write_the_same_bytes(client_folder: Path, tmp_path: Path) -> None:
    """Generated code can be committed and checked, because nothing in it depends on chance or on the machine."""
    again = write_client(tmp_path / "again")
    for file in client_folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
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
    given = document()
    generate(given, tmp_path / "small")
    assert given == document()


def test_descriptions_of_parameters_reach_the_docstrings(client_folder: Path) -> None:
    """Wherever the document keeps it: beside the parameter's schema, or in a shared parameter."""
    text = (client_folder / "client.py").read_text(encoding="utf-8")
    assert "page: Number of the page." in text
    assert "since: No job before this." in text
    assert "id: Identifier of the job." in text


# --- preparation of the document


def test_names_of_components_lose_their_prefixes() -> None:
    """`cloud.v1.Job.Access` becomes `JobAccess`, also where it is referred to; acronyms in the plural stay one word."""
    source = {
        "paths": {},
        "components": {
            "schemas": {
                "cloud.v1.Job.Access": {"$ref": "#/components/schemas/cloud.v1.ListACLsResponse"},
                "cloud.v1.ListACLsResponse": {"type": "object"},
            }
        },
    }
    schemas = prepare(source, strip_prefixes=("cloud.v1.",))["components"]["schemas"]
    assert schemas == {
        "JobAccess": {"$ref": "#/components/schemas/ListAclsResponse"},
        "ListAclsResponse": {"type": "object"},
    }


def test_two_components_may_not_become_one() -> None:
    source = {"paths": {}, "components": {"schemas": {"a.Job": {}, "b.Job": {}}}}
    with pytest.raises(UnsupportedDocumentError, match="same name"):
        prepare(source, strip_prefixes=("a.", "b."))


def test_titles_of_schemas_do_not_name_classes() -> None:
    """A component is named by its key; a property that is called `title` stays."""
    source = document()
    job = source["components"]["schemas"]["Job"]
    job["title"] = "Something Else"
    job["properties"]["title"] = {"type": "string", "title": "The Title", "example": {"title": "kept"}}
    prepared = prepare(source)
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
    schemas = prepare(source)["components"]["schemas"]
    assert schemas["Program"]["oneOf"][1] == {"$ref": "#/components/schemas/Annealing"}
    assert schemas["Annealing"]["properties"] == inline["properties"]


# --- refusals: what would be dropped or misread stops the generator, and the message names the place


def without_operation_id(source: dict[str, Any]) -> None:
    del source["paths"]["/jobs/{id}"]["get"]["operationId"]


def with_an_operation_id_twice(source: dict[str, Any]) -> None:
    source["paths"]["/jobs/{id}"]["get"]["operationId"] = "listJobs"


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
REFUSED: dict[str, tuple[Change, str]] = {
    "no operationId": (without_operation_id, r"GET /jobs/\{id\} has no operationId"),
    "operationId twice": (with_an_operation_id_twice, r"GET /jobs/\{id\}: operationId listJobs is taken"),
    "cookie": (with_a_parameter(**TEXT, **{"in": "cookie"}), "GET /jobs: extra is a cookie parameter"),
    "explode": (with_a_parameter(**LIST, explode=False), "GET /jobs: extra is not in repeated form"),
    "style": (with_a_parameter(**LIST, style="pipeDelimited"), "GET /jobs: extra is not in the usual form"),
    "no schema": (with_a_parameter(content={"application/json": TEXT}), "GET /jobs: extra has no schema"),
    "shared cookie": (with_a_shared_parameter(**TEXT, **{"in": "cookie"}), "GET /jobs: extra is a cookie parameter"),
    "shared explode": (with_a_shared_parameter(**LIST, explode=False), "GET /jobs: extra is not in repeated form"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_client_could_not_honour_is_refused(change: Change, message: str, tmp_path: Path) -> None:
    """Before anything is written; the message names operation and parameter."""
    source = document()
    change(source)
    with pytest.raises(UnsupportedDocumentError, match=message):
        generate(source, tmp_path / "small")
    assert not (tmp_path / "small").exists()


def with_a_list_in_a_header(source: dict[str, Any]) -> None:
    source["paths"]["/jobs"]["get"]["parameters"].append({"name": "X-Ids", "in": "header", **LIST})


def with_an_undeclared_path_parameter(source: dict[str, Any]) -> None:
    source["paths"]["/jobs/{job}/log"] = {"get": {"operationId": "getLog", "responses": {"204": {"description": ""}}}}


def with_a_response_type_that_is_unknown(source: dict[str, Any]) -> None:
    source["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"] = {"*/*": TEXT}


def with_a_body_type_that_is_unknown(source: dict[str, Any]) -> None:
    source["paths"]["/jobs"]["post"]["requestBody"]["content"] = {"application/x-protobuf": TEXT}


def with_an_enum_of_mixed_types(source: dict[str, Any]) -> None:
    source["components"]["schemas"]["Priority"]["enum"] = [0, "high"]


DROPPED: dict[str, tuple[Change, str]] = {
    "list in a header": (with_a_list_in_a_header, "GET /jobs within jobs"),
    "undeclared path parameter": (with_an_undeclared_path_parameter, r"GET /jobs/\{job\}/log"),
    "response type": (with_a_response_type_that_is_unknown, r"GET /jobs/\{id\} within jobs"),
    "body type": (with_a_body_type_that_is_unknown, "POST /jobs within jobs"),
    "mixed enum": (with_an_enum_of_mixed_types, "Priority"),
}


@pytest.mark.parametrize(("change", "message"), DROPPED.values(), ids=DROPPED.keys())
def test_a_warning_of_openapi_python_client_is_an_error(change: Change, message: str, tmp_path: Path) -> None:
    """It would go on without the operation or the model, and exit with success."""
    source = document()
    change(source)
    with pytest.raises(GenerationError, match=message):
        generate(source, tmp_path / "small")


def test_two_content_types_for_one_body_are_refused(tmp_path: Path) -> None:
    """The caller could not say which one is meant."""
    source = document()
    content = source["paths"]["/jobs"]["post"]["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content["application/json"]
    with pytest.raises(UnsupportedDocumentError, match="POST /jobs: several content types"):
        generate(source, tmp_path / "small")


@pytest.mark.parametrize("words", [["too-long", "too_long"], ["too-long", "too.long"], ["Done", "DONE"]], ids=str)
def test_words_of_an_enum_that_would_share_a_name_are_refused(words: list[str], tmp_path: Path) -> None:
    """`too-long` and `too.long` are one name in Python, of which the second would replace the first."""
    source = document()
    source["components"]["schemas"]["Order"]["enum"] = words
    with pytest.raises(UnsupportedDocumentError, match="/components/schemas/Order: several words of the enum"):
        generate(source, tmp_path / "small")
