"""Every operation of every provider: in the registry, as a module, and as a method that sends what it should."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from anyqpu_raw._core import Operation, Request, ResponseError, UnexpectedStatusError, encode

from scripts.documents import PROVIDERS, ROOT, SPECS, load
from scripts.documents import operations as operations_of
from tests.generated.samples import DOCUMENTS, MODELS, Response, Sampler, json_media, same
from tests.support.operations import BODIES, CASES, Case, arguments_of, bare, registry

SAFE = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
each_provider = pytest.mark.parametrize("provider", PROVIDERS)


each_operation = pytest.mark.parametrize("case", CASES, ids=str)


# --- the registry


@each_provider
def test_the_registry_has_every_operation_of_the_document_in_its_order(provider: str) -> None:
    ids = [raw["operationId"] for _, _, raw in operations_of(DOCUMENTS[provider])]
    assert [entry.id for entry in registry(provider).values()] == ids


@each_operation
def test_the_registry_says_what_the_document_says(case: Case) -> None:
    """Method, path, documented successes, authentication, deprecation, and how sure the path is."""
    entry, raw = case.entry, case.raw
    security = raw.get("security", DOCUMENTS[case.provider].get("security", []))
    assert (entry.method, entry.path) == (case.method, case.path)
    assert list(entry.success) == sorted(int(status) for status in raw["responses"] if status.startswith("2"))
    assert entry.success
    assert [list(alternative) for alternative in entry.auth] == [list(alternative) for alternative in security]
    assert entry.deprecated == raw.get("deprecated", False)
    assert entry.confidence == raw.get("x-path-confidence")
    assert entry.audience == raw.get("x-audience")
    assert entry.base == raw.get("x-base")
    assert entry.idempotent == raw.get("x-idempotent", case.method in SAFE)
    assert re.sub(r"[^a-z0-9]", "", raw["operationId"].lower()) == entry.name.replace("_", "")


@each_provider
def test_security_schemes_are_declared(provider: str) -> None:
    """The document has each scheme of the registry."""
    schemes = load(SPECS / provider / "final.json")["components"]["securitySchemes"]
    used = {name for entry in registry(provider).values() for alternative in entry.auth for name in alternative}
    assert used
    assert used <= set(schemes)


# --- modules and methods


@each_provider
def test_there_are_no_other_modules_than_those_of_operations(provider: str) -> None:
    """`api/<tag>/<name>.py`, one for each entry of the registry."""
    folder = ROOT / "generated" / "anyqpu_raw" / provider / "api"
    present = {file.relative_to(folder) for file in folder.glob("*/*.py") if file.name != "__init__.py"}
    assert present == {Path(entry.tag) / f"{entry.name}.py" for entry in registry(provider).values()}


@each_provider
def test_there_are_no_other_methods_than_those_of_operations(provider: str) -> None:
    client = import_module(f"anyqpu_raw.{provider}.client").RawClient
    methods = [name for name, member in vars(client).items() if inspect.iscoroutinefunction(member)]
    assert methods == list(registry(provider))


@each_operation
def test_method_and_request_builder_take_the_same(case: Case) -> None:
    """By name, kind, default and annotation; the method is documented and returns what the parser returns."""
    ours, builder = inspect.signature(case.raw_method), inspect.signature(case.module.build_request)
    assert list(ours.parameters.values())[1:] == list(builder.parameters.values())
    assert builder.return_annotation == "Request"
    assert ours.return_annotation == inspect.signature(case.module.parse_response).return_annotation
    documentation = inspect.getdoc(case.raw_method) or ""
    assert f"`{case.method} {case.path}` ({case.raw['operationId']})" in documentation
    # The same text, wrapped at another width.
    assert (inspect.getdoc(case.module) or "").split() == documentation.split()


@each_operation
def test_every_documented_parameter_can_be_given(case: Case) -> None:
    """As many as the document has: those of the path by position, all others by name; required ones must be given."""
    taken = inspect.signature(case.module.build_request).parameters.values()
    declared = case.declared
    by_position = [parameter for parameter in taken if parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    by_name = [
        parameter for parameter in taken if parameter.kind is parameter.KEYWORD_ONLY and parameter.name != "body"
    ]
    assert len(by_position) == sum(parameter["in"] == "path" for parameter in declared)
    assert len(by_name) == sum(parameter["in"] != "path" for parameter in declared)
    required = sum(bool(parameter.get("required")) for parameter in declared if parameter["in"] != "path")
    assert sum(parameter.default is parameter.empty for parameter in by_name) == required
    assert any(parameter.name == "body" for parameter in taken) == ("requestBody" in case.raw)


# --- requests


def call(case: Case, response: Response, **arguments: Any) -> tuple[Any, Operation, Request]:
    """The method's result, and its arguments for the sender of requests."""
    seen: list[tuple[Operation, Request]] = []

    async def send(operation: Operation, request: Request, parse: Callable[[Any], Any]) -> Any:
        seen.append((operation, request))
        return parse(response)

    client = import_module(f"anyqpu_raw.{case.provider}.client").RawClient(send)
    result = asyncio.run(getattr(client, case.entry.name)(**arguments))
    ((operation, request),) = seen
    return result, operation, request


def recorded(case: Case) -> tuple[Any, Response]:
    """A value and the response that carries it: the document's own example where there is one."""
    status = case.entry.success[0]
    body = BODIES.get((case.provider, case.entry.name, status))
    if body is None:
        return None, Response(b"", status)
    value = body.media.get("example", Sampler(case.provider).make(body.media["schema"]))
    return value, Response(json.dumps(value).encode(), status)


@each_operation
@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
def test_a_call_sends_the_request_and_returns_the_response(case: Case, full: bool) -> None:
    """The path is the document's template, filled in and encoded; each parameter is where the document wants it."""
    arguments = arguments_of(case, full=full)
    value, response = recorded(case)
    result, operation, request = call(case, response, **arguments)
    assert operation is case.entry
    assert request.method == case.method

    names = [name for name in arguments if name != "body"]
    in_path = re.findall(r"{([^}]+)}", case.path)
    expected = case.path
    for template, name in zip(in_path, names, strict=False):
        expected = expected.replace("{" + template + "}", quote(str(arguments[name]), safe=""))
    assert request.path == expected

    optional = [parameter for parameter in case.declared if full or parameter.get("required")]
    assert {key for key, _ in request.query} == {
        parameter["name"] for parameter in optional if parameter["in"] == "query"
    }
    for key, text in [*request.query, *request.headers.items()]:
        if text.startswith("a "):
            assert bare(text[2:-2]).startswith(bare(key)), f"{key} has what was given as {text}"
    content_type = {"Content-Type"} if "body" in arguments else set()
    assert (
        set(request.headers)
        == {parameter["name"] for parameter in optional if parameter["in"] == "header"} | content_type
    )
    assert (request.content is not None) == ("body" in arguments)
    assert request == case.module.build_request(**arguments)

    if value is not None:
        assert same(encode(result), value)


@each_operation
def test_lists_repeat_their_key(case: Case) -> None:
    """`?status=A&status=B`, in the order given."""
    lists = {parameter["name"] for parameter in case.declared if parameter["schema"].get("type") == "array"}
    request = case.module.build_request(**arguments_of(case, full=True))
    for name in lists:
        assert [value for key, value in request.query if key == name] == ["one", "two words"]


@each_operation
def test_an_undocumented_status_is_an_error(case: Case) -> None:
    """From 300 on; whatever the body is."""
    for status in (300, 418, 500):
        with pytest.raises(UnexpectedStatusError, match=re.escape(f"{case.entry.id}: not a documented success")):
            case.module.parse_response(Response(b"{}", status))


@each_operation
def test_an_undocumented_success_without_a_body_returns_none(case: Case) -> None:
    """Also where the operation has several successes; bytes are bytes, of which there may be none."""
    assert case.module.parse_response(Response(b"", 299)) in (None, b"")


@each_operation
def test_an_undocumented_success_with_a_body_is_read_as_the_documented_one(case: Case) -> None:
    """It is None where the body does not fit: the status says that the operation succeeded."""
    for status in case.entry.success:
        body = BODIES.get((case.provider, case.entry.name, status))
        if body is not None and body.media["schema"]:
            usual, other = (outcome(case.module.parse_response, Response(b"{}", code)) for code in (status, 299))
            assert other == (None if isinstance(usual, Unreadable) else usual)


class Unreadable(str):
    """The reason of an error."""


def outcome(parse: Callable[[Any], Any], response: Response) -> Any:
    try:
        return parse(response)
    except ResponseError as error:
        return Unreadable(error.reason)


@each_operation
def test_a_page_of_html_is_never_a_result(case: Case) -> None:
    """A gateway's page with status 200 is an error wherever JSON is due; where nothing is due, it is ignored."""
    for status in case.entry.success:
        body = BODIES.get((case.provider, case.entry.name, status))
        response = Response(b"<html></html>", status)
        if body is not None and body.media["schema"]:
            with pytest.raises(ResponseError, match="the body is not JSON"):
                case.module.parse_response(response)
        else:
            assert case.module.parse_response(response) in (None, b"<html></html>", "<html></html>")


@pytest.mark.parametrize("case", [item for item in CASES if hasattr(item.module, "parse_error")], ids=str)
def test_a_documented_error_body_is_read(case: Case) -> None:
    """By the model that the document gives for the status; anything else is None."""
    statuses = [int(status) for status in case.raw["responses"] if status.isdigit() and int(status) >= 400]
    for status in statuses:
        response = case.raw["responses"][str(status)]
        if "$ref" in response:
            name = response["$ref"].rsplit("/", 1)[1]
            response = DOCUMENTS[case.provider]["components"]["responses"][name]
        schema = json_media(response).get("schema")
        if schema:
            value = Sampler(case.provider).make(schema)
            assert encode(case.module.parse_error(Response(json.dumps(value).encode(), status))) == value
    assert case.module.parse_error(Response(b"<html>", statuses[0] if statuses else 500)) is None


@each_provider
def test_an_operation_that_does_not_exist_is_an_attribute_error(provider: str) -> None:
    client = import_module(f"anyqpu_raw.{provider}.client").RawClient(None)
    with pytest.raises(AttributeError, match="teleport"):
        client.teleport  # noqa: B018


@pytest.mark.parametrize("value", ["", ".", "..", None])
def test_identifiers_that_would_change_the_path_are_refused(value: Any) -> None:
    """In every operation that has one: no cloud ever sees a request for another resource than the one meant."""
    tried = 0
    for case in CASES:
        arguments = arguments_of(case, full=False)
        for name in list(inspect.signature(case.module.build_request).parameters)[: case.path.count("{")]:
            with pytest.raises(ValueError, match=f"{name}: .* cannot stand in a path"):
                case.module.build_request(**arguments | {name: value})
            tried += 1
    assert tried > 80


def test_models_of_requests_are_known() -> None:
    """The samples above are sent as models wherever the document describes a body with fields."""
    typed = {str(body) for key, body in BODIES.items() if key[2] is None and body.model}
    assert {"scaleway-create_session-request", "kipu-create_job-request", "pasqal-create_batch-request"} <= typed
    assert all(body.model.__name__ in MODELS[key[0]].__all__ for key, body in BODIES.items() if str(body) in typed)
