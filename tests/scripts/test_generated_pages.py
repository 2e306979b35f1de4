"""What the generator writes for list operations, and which descriptions it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripts.documents import PROVIDERS, SPECS, load
from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.process import generate
from scripts.spec_changes.lists import list_operations, undescribed_lists
from tests.scripts.conftest import Generate
from tests.scripts.small import document

Change = Callable[[dict[str, Any]], object]
Operation = dict[str, Any]
Small = Callable[[str], Any]


def list_jobs(source: dict[str, Any]) -> Operation:
    operation: Operation = source["paths"]["/jobs"]["get"]
    return operation


def paged() -> dict[str, Any]:
    """The small document with jobs in pages, as a cloud with numbered pages has them."""
    source = document()
    operation = list_jobs(source)
    operation["parameters"].append({"name": "pageSize", "in": "query", "schema": {"type": "integer", "maximum": 40}})
    page = {
        "type": "object",
        "properties": {
            "jobs": {"type": ["array", "null"], "items": {"$ref": "#/components/schemas/Job"}},
            "counts": {"type": "object", "properties": {"totalCount": {"type": "integer"}}},
        },
    }
    source["components"]["schemas"]["JobPage"] = page
    schema = {"$ref": "#/components/schemas/JobPage"}
    operation["responses"]["200"]["content"]["application/json"]["schema"] = schema
    operation["x-pages"] = {
        "style": "numbered",
        "position": "page",
        "size": "pageSize",
        "first": 1,
        "default-size": 20,
        "items": "jobs",
        "total": "counts.totalCount",
    }
    operation["x-dedup"] = "id"
    return source


def without(key: str) -> Change:
    return lambda operation: operation["x-pages"].pop(key)


def with_values(**values: Any) -> Change:
    return lambda operation: operation["x-pages"].update(
        {key.replace("_", "-"): value for key, value in values.items()}
    )


REFUSED: dict[str, tuple[Change, str]] = {
    "another style": (with_values(style="cursor"), "style is one of numbered, offset, token, single, not 'cursor'"),
    "not a description": (lambda operation: operation.update({"x-pages": "page"}), "style is one of .*, not None"),
    "part missing": (without("size"), "size missing"),
    "part unknown": (with_values(next_token="token"), "next-token unknown for the style numbered"),
    "parameter gone": (
        lambda operation: operation["parameters"].pop(),
        "size is the parameter 'pageSize', which the operation does not have",
    ),
    "field gone": (
        with_values(total="counts.total"),
        "total is at 'counts.total', which the response does not have",
    ),
    "not a list": (with_values(items="counts"), "items is not a list in the document"),
    "no identity": (lambda operation: operation.pop("x-dedup"), "x-dedup is missing"),
    "identity gone": (
        lambda operation: operation.update({"x-dedup": ["id", "number"]}),
        "x-dedup is at 'number', which the response does not have",
    ),
    "maximum repeated": (with_values(max_size=40), "max-size is in the document: the parameter has the maximum 40"),
    "default too large": (with_values(default_size=50), "default-size 50 is above the maximum 40"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_description_that_does_not_fit_the_operation_is_refused(case: str, tmp_path: Path) -> None:
    """A list whose description is out of date would end early, or never."""
    change, problem = REFUSED[case]
    source = paged()
    change(list_jobs(source))
    with pytest.raises(UnsupportedDocumentError, match=f"^GET /jobs: x-pages: {problem}"):
        generate(source, tmp_path / "small")


def test_a_description_has_the_names_of_python(client: Generate) -> None:
    description = client(paged(), "pages").LIST_JOBS
    assert description.operation.id == "listJobs"
    assert (description.style, description.position, description.size) == ("numbered", "page", "page_size")
    assert (description.first, description.default_size, description.max_size) == (1, 20, 40)
    assert (description.items, description.total) == (("jobs",), ("counts", "total_count"))
    assert (description.pages, description.end, description.next_token) == (None, None, None)
    assert description.identity == ("id",)


def test_a_raw_client_has_a_pager_of_each_list(small: Small) -> None:
    """It binds the query, and leaves position and size to whatever makes the pagers."""
    calls: list[Any] = []

    async def call(operation: Any, request: Any, parse: Any) -> Any:
        return operation.id, request.query

    def pager(fetch: Any, description: Any, /, **options: Any) -> Any:
        calls.append((description, options))
        return fetch

    client = small("client").RawClient(call, pager=pager)
    fetch = client.pages.list_jobs(since=datetime(2026, 1, 1, tzinfo=UTC), x_project="p", tags=["a"])
    assert calls == [(small("pages").LIST_JOBS, {})]
    assert asyncio.run(fetch()) == ("listJobs", (("tags", "a"), ("since", "2026-01-01T00:00:00Z")))


def test_a_raw_client_without_a_factory_says_what_is_missing(small: Small) -> None:
    client = small("client").RawClient(None)
    with pytest.raises(RuntimeError, match=r"no pager for listJobs: make the client with RawClient\(..., pager=...\)"):
        client.pages.list_jobs(since=datetime(2026, 1, 1, tzinfo=UTC), x_project="p")


def test_a_document_without_descriptions_has_no_pages(client: Generate) -> None:
    source = document()
    del list_jobs(source)["x-pages"]
    assert not hasattr(client(source, "client").RawClient, "pages")
    with pytest.raises(ModuleNotFoundError):
        client(source, "pages")


# Operations of the four documents that are named as lists and are not: a map of texts.
NOT_LISTS = {"list_device_specs"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_list_of_a_cloud_says_how_it_is_paged(provider: str) -> None:
    source = load(SPECS / provider / "final.json")
    assert undescribed_lists(source) == [], "add x-pages and x-dedup to the overlay"
    named = {
        operation["operationId"]
        for item in source["paths"].values()
        for method, operation in item.items()
        if method == "get" and operation["operationId"].lower().startswith(("list", "search", "findavailable"))
    }
    assert named - NOT_LISTS <= set(list_operations(source))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_new_list_without_a_description_is_named(provider: str) -> None:
    source = load(SPECS / provider / "final.json")
    for schema, is_list in (
        ({"type": "array", "items": {}}, True),
        ({"type": ["array", "null"], "items": {}}, True),
        ({"properties": {"things": {"type": "array"}, "total_count": {"type": "integer"}}}, True),
        ({"properties": {"data": {"type": "array"}, "status": {}, "pagination": {}}}, True),
        ({"properties": {"tags": {"type": "array"}, "id": {"type": "string"}}}, False),
        ({"type": "object"}, False),
    ):
        listed = {"description": "", "content": {"application/json": {"schema": schema}}}
        source["paths"]["/new"] = {"get": {"operationId": "listNew", "responses": {"200": listed}}}
        assert undescribed_lists(source) == (["listNew"] if is_list else [])
        source["paths"]["/new"]["get"]["x-pages"] = False
        assert undescribed_lists(source) == []
