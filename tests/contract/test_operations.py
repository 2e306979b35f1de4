"""The contract of every operation, through the whole client: requests, successes and errors.

The document judges: requests are held against its schemas by a validator that knows nothing of the generated code.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import anyio
import httpx
import pytest
from anyqpu_raw._core import encode
from jsonschema import Draft202012Validator

import anyqpu
from anyqpu import RetryPolicy, errors
from scripts.documents import SPECS, load, operations
from tests.generated.samples import DOCUMENTS, Sampler, json_media, same
from tests.support.operations import BODIES, CASES, Case, arguments_of

CREDENTIALS: dict[str, dict[str, str]] = {
    "scaleway": {"secret_key": "11111111-1111-4111-8111-111111111111"},
    "kipu": {"token": "t"},
    "pasqal": {"token": "t"},
    "rigetti": {"access_token": "t"},
}
each_operation = pytest.mark.parametrize("case", CASES, ids=str)


# As the overlays give them, and not as the generator takes them, which turns alternatives into unions of types.
FINAL = {provider: load(SPECS / provider / "final.json") for provider in CREDENTIALS}
DESCRIBED = {
    (provider, method, path): operation
    for provider, document in FINAL.items()
    for method, path, operation in operations(document)
}


def validator(case: Case) -> Draft202012Validator:
    """A validator of an operation's request by the document; OpenAPI 3.0's `nullable` is put in today's words."""
    schema = json_media(DESCRIBED[case.provider, case.method, case.path]["requestBody"])["schema"]
    return Draft202012Validator({**_today(schema), "components": _today(FINAL[case.provider]["components"])})


def _today(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_today(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _today(value) for key, value in schema.items() if key not in {"nullable", "discriminator"}}
    for limit in ("exclusiveMinimum", "exclusiveMaximum"):
        if isinstance(inner.get(limit), bool):
            inner.pop(limit)
    return {"anyOf": [inner, {"type": "null"}]} if schema.get("nullable") is True else inner


def call(case: Case, response: httpx.Response, *, full: bool = True) -> tuple[Any, list[httpx.Request]]:
    """Call the client's raw method; return its value or its error for this response, and the requests that it made."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response

    async def main() -> Any:
        connect: Any = anyqpu.connect
        options = {**CREDENTIALS[case.provider], "transport": httpx.MockTransport(handle)}
        async with connect(case.provider, retry=RetryPolicy(attempts=1), **options) as client:
            method: Callable[..., Awaitable[Any]] = getattr(client.raw, case.entry.name)
            return await method(**arguments_of(case, full=full))

    try:
        return anyio.run(main), seen
    except errors.AnyQPUError as error:
        return error, seen


def success(case: Case, status: int) -> tuple[Any, httpx.Response]:
    """Return a body that the document describes, and a response with that body."""
    body = BODIES.get((case.provider, case.entry.name, status))
    if body is None:
        return None, httpx.Response(status)
    value = body.media.get("example", Sampler(case.provider).make(body.media["schema"]))
    return value, httpx.Response(status, json=value)


def value_fits(text: str, schema: dict[str, Any]) -> bool:
    """Whether a parameter's text is a value of its schema."""
    kinds = schema.get("type", "string")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "boolean" in kinds:
        return text in {"true", "false"}
    if "integer" in kinds:
        return re.fullmatch(r"-?\d+", text) is not None
    if schema.get("format") == "date-time":
        return datetime.fromisoformat(text).tzinfo == UTC
    return True


@each_operation
@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
def test_the_request_is_what_the_document_demands(case: Case, full: bool) -> None:
    """One request: method, path, parameters where they belong with values of their types, a body of its schema."""
    _, (request,) = call(case, success(case, case.entry.success[0])[1], full=full)
    assert request.method == case.method
    template = re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(case.path))
    assert re.search(f"{template}$", request.url.raw_path.decode().partition("?")[0])
    declared = {(parameter["in"], parameter["name"]): parameter for parameter in case.declared}
    for name, text in request.url.params.multi_items():
        schema = declared["query", name]["schema"]
        assert value_fits(text, schema.get("items", schema)), name
    for (place, name), parameter in declared.items():
        if parameter.get("required") and place == "query":
            assert name in request.url.params
        if parameter.get("required") and place == "header":
            assert name in request.headers
    if "requestBody" in case.raw:
        if case.raw["requestBody"].get("required") or full:
            assert request.headers["content-type"] == "application/json"
            sent = json.loads(request.content)
            problems = list(validator(case).iter_errors(sent))
            assert not problems, problems[0]
    else:
        assert not request.content
    assert ("authorization" in request.headers or "x-auth-token" in request.headers) == bool(case.entry.auth)
    assert unquote(str(request.url)).startswith("https://")


@each_operation
def test_every_documented_success_is_read(case: Case) -> None:
    for status in case.entry.success:
        value, response = success(case, status)
        result, _ = call(case, response)
        assert not isinstance(result, Exception), result
        if value is not None:
            assert same(encode(result), value)


@each_operation
def test_a_success_that_is_not_documented_is_read_like_a_documented_one(case: Case) -> None:
    documented = case.entry.success[0]
    value, response = success(case, documented)
    other = httpx.Response(299, content=response.content, headers=response.headers)
    result, _ = call(case, other)
    assert not isinstance(result, Exception), result
    if value is not None:
        assert same(encode(result), value)


@each_operation
def test_every_other_status_is_a_typed_error(case: Case) -> None:
    """Documented or not: the class says what happened, and it keeps cloud, operation, status and request id."""
    kinds = {
        **{400: errors.ValidationError, 401: errors.AuthenticationError, 402: errors.PaymentRequiredError},
        **{403: errors.PermissionDeniedError, 404: errors.NotFoundError, 409: errors.ConflictError},
        **{422: errors.ValidationError, 429: errors.RateLimitedError, 500: errors.ServerError},
        **{503: errors.ServiceUnavailableError, 418: errors.APIError, 520: errors.ServerError},
    }
    for status, kind in kinds.items():
        error, seen = call(case, httpx.Response(status, json={}, headers={"x-request-id": "r-1"}))
        assert isinstance(error, kind), f"{status} gave {error!r}"
        assert (error.provider, error.operation, error.status_code) == (case.provider, case.entry.id, status)
        assert error.request_id == "r-1"
        assert len(seen) == 1


@each_operation
def test_documented_error_bodies_say_what_is_wrong(case: Case) -> None:
    """The message is the cloud's own wherever the document has a body for the error."""
    for status, response in case.raw["responses"].items():
        described = response
        if "$ref" in response:
            described = DOCUMENTS[case.provider]["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        schema = json_media(described).get("schema")
        if not status.isdigit() or int(status) < 400 or not schema:
            continue
        body = Sampler(case.provider).make(schema)
        error, _ = call(case, httpx.Response(int(status), json=body))
        assert isinstance(error, errors.APIError)
        if isinstance(body, dict) and isinstance(body.get("message"), str):
            assert body["message"] in str(error)


@each_operation
def test_invalid_json_is_never_a_result(case: Case) -> None:
    """A gateway's page with status 200, and a body that is cut off."""
    status = case.entry.success[0]
    body = BODIES.get((case.provider, case.entry.name, status))
    if body is None or not body.media["schema"]:
        return
    whole = json.dumps(success(case, status)[0])
    for content in (b"<html></html>", whole[: len(whole) // 2].encode()):
        error, _ = call(case, httpx.Response(status, content=content, headers={"content-type": "application/json"}))
        if whole[: len(whole) // 2] in {"", "1"}:
            continue
        assert isinstance(error, errors.UnexpectedResponseError)


def test_there_are_as_many_as_the_documents_have() -> None:
    """As counted by hand in each SOURCE.toml, which has its own test."""
    for provider in DOCUMENTS:
        source = tomllib.loads((SPECS / provider / "SOURCE.toml").read_text(encoding="utf-8"))
        expected = source["operations"] + source.get("operations_added", 0)
        assert sum(case.provider == provider for case in CASES) == expected
