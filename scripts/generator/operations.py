"""What the templates need to know of an operation, gathered from the document and from the generator's endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openapi_python_client.config import Config
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.strings import PythonIdentifier

from scripts.documents import operations, parameters
from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.expressions import ClassRef, Expressions
from scripts.generator.pages import PagesReader, PagesView

SAFE_METHODS = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
ENCODERS = {"json": "json_content", "data": "form_content", "files": "multipart_content", "content": "bytes_content"}
# How the value of a query parameter becomes pairs, by what `take` says of it; else it is joined with that.
ENCODINGS = {
    "deep": "*deep({key!r}, {name})",
    "spread": "*spread({key!r}, {name})",
    "json": "({key!r}, as_json({key!r}, {name}))",
}


@dataclass(frozen=True)
class OperationView:
    """One operation, ready to be written down."""

    endpoint: Endpoint
    raw: dict[str, Any]
    method: str
    path: str
    default_auth: tuple[tuple[str, ...], ...]
    expressions: Expressions
    descriptions: dict[tuple[str, str], str]
    """What the document says of each parameter, by place and name."""
    encodings: dict[str, str]
    """How query parameters are encoded that are not sent as they are, by name."""
    declared: list[dict[str, Any]]
    """The parameters as the document has them, references resolved."""

    @property
    def name(self) -> str:
        return str(self.endpoint.name)

    @property
    def tag(self) -> str:
        return str(self.endpoint.tags[0])

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the registry entry; those at their default are left out."""
        idempotent = bool(self.raw.get("x-idempotent", self.method in SAFE_METHODS))
        fields = {
            "id": self.raw["operationId"],
            "name": self.name,
            "tag": self.tag,
            "method": self.method,
            "path": self.path,
            "success": tuple(self.success),
            "auth": auth_of(self.raw["security"]) if "security" in self.raw else self.default_auth,
            "idempotent": idempotent,
        }
        optional = {
            "deprecated": self.raw.get("deprecated", False),
            "base": self.raw.get("x-base"),
            "confidence": self.raw.get("x-path-confidence"),
            "audience": self.raw.get("x-audience"),
            "errors": tuple(
                sorted(int(status) for status in self.raw["responses"] if status.isdigit() and status >= "400")
            ),
        }
        return fields | {key: value for key, value in optional.items() if value}

    @property
    def success(self) -> dict[int, Any]:
        """Status -> generator response, for each documented status below 300; without any, `default` is for 200."""
        documented = {status: response for status, response in self._by_status().items() if status < 300}
        default = self.endpoint.responses.default
        return documented or ({} if default is None or self._by_status() else {200: default})

    def _by_status(self) -> dict[int, Any]:
        # A range is only for the statuses that have no response of their own, which come first.
        patterns = reversed(self.endpoint.responses.patterns)
        return dict(sorted({status: one for one in patterns for status in _statuses(one)}.items()))

    @property
    def errors(self) -> dict[int, Any]:
        """Status -> generator response, where an error has a documented body; 0 stands for any other status."""
        responses = {status: response for status, response in self._by_status().items() if status >= 400}
        if self.endpoint.responses.default is not None:
            responses[0] = self.endpoint.responses.default
        return {
            status: response
            for status, response in responses.items()
            if response.source["attribute"] == "response.json()" and self.expressions.classes_of(response.prop)
        }

    def _decoder(self, response: Any) -> str:
        if _is_empty(response):
            return "EMPTY"
        if response.source["attribute"] == "response.content":
            return "raw_bytes"
        if response.source["attribute"] == "response.text":
            return "text_body"
        lenient = any(
            (media.media_type_schema.model_extra or {}).get("x-or-page")
            for media in (response.data.content or {}).values()
            if hasattr(media.media_type_schema, "model_extra")
        )
        return self.expressions.body_decoder(response.prop, or_page=lenient)

    @property
    def success_decoders(self) -> dict[int, str]:
        return {status: self._decoder(response) for status, response in self.success.items()}

    @property
    def error_decoders(self) -> dict[int, str]:
        return {status: self.expressions.body_decoder(response.prop) for status, response in self.errors.items()}

    @property
    def return_type(self) -> str:
        kinds = [
            "None" if _is_empty(response) else self.expressions.type_of(response.prop)
            for response in self.success.values()
        ]
        kinds = sorted(dict.fromkeys(kinds), key=lambda kind: kind == "None")
        return "Any" if "Any" in kinds else " | ".join(kinds) or "None"

    @property
    def error_type(self) -> str:
        return " | ".join(dict.fromkeys(self.expressions.type_of(response.prop) for response in self.errors.values()))

    @property
    def body(self) -> Any:
        return next(iter(self.endpoint.bodies), None)

    @property
    def body_content(self) -> str:
        """The expression for the bytes of the body."""
        options = ", deep=True" if self.raw["requestBody"].get("x-deep") else ""
        return f"{ENCODERS[str(self.body.body_type)]}(body{options})"

    @property
    def content_type(self) -> str:
        """The expression for the media type of the body."""
        kind = self.raw["requestBody"].get("x-content-type", self.body.content_type.get_untrusted_value())
        return "MULTIPART" if str(self.body.body_type) == "files" else repr(kind)

    @property
    def keyword_parameters(self) -> list[Any]:
        """Query and header parameters; required ones first, each group in the document's order."""
        both = self.endpoint.query_parameters + self.endpoint.header_parameters
        return sorted(both, key=lambda parameter: not parameter.required)

    def described_parameters(self, keyword_parameters: list[Any]) -> list[tuple[Any, str]]:
        """Each parameter that the document describes, of the path and of `keyword_parameters`, in that order."""
        kinds = {"path": self.endpoint.path_parameters, "query": self.endpoint.query_parameters}
        encoded = []
        for parameter in [*self.endpoint.path_parameters, *keyword_parameters]:
            kind = next((kind for kind, those in kinds.items() if any(one is parameter for one in those)), "header")
            schema_text = parameter.description and parameter.description.get_untrusted_value()
            if text := self.descriptions.get((kind, parameter.name.get_untrusted_value())) or schema_text:
                encoded.append((parameter, text))
        return encoded

    def query_pair(self, parameter: Any) -> str:
        """The expression for the pairs of a query parameter."""
        key, name = parameter.name.get_untrusted_value(), str(parameter.python_name)
        encoding = self.encodings.get(key)
        if encoding is None:
            return f"({key!r}, {name})"
        joined = f"({key!r}, joined({key!r}, {name}, {encoding!r}))"
        return ENCODINGS[encoding].format(key=key, name=name) if encoding in ENCODINGS else joined

    @cached_property
    def pages(self) -> PagesView | None:
        """How the list is divided into pages; None where the document does not say that this is a list."""
        if not self.raw.get("x-pages"):
            return None
        responses = [response for response in self.success.values() if not _is_empty(response)]
        where = f"{self.method} {self.path}"
        if len(responses) != 1 or self.body:
            raise UnsupportedDocumentError(f"{where}: x-pages needs one kind of response and no body")
        reader = PagesReader(self.raw, self.declared, where, self.expressions)
        return reader.view(responses[0].prop, self.endpoint.query_parameters)

    @property
    def list_parameters(self) -> list[Any]:
        """The keyword parameters of a list operation but for those that say which page is requested."""
        assert self.pages is not None
        position = {self.pages.fields.get("position"), self.pages.fields.get("size")}
        return [parameter for parameter in self.keyword_parameters if str(parameter.python_name) not in position]

    @property
    def path_expression(self) -> str:
        """The path with its parameters encoded, as an f-string without braces in the way."""
        path = self.endpoint.path.get_untrusted_value()
        if not self.endpoint.path_parameters:
            return repr(path)
        for parameter in self.endpoint.path_parameters:
            name = str(parameter.python_name)
            path = path.replace("{" + name + "}", "{path_segment('" + name + "', " + name + ")}")
        return f'f"{path}"'

    @property
    def parameter_classes(self) -> set[ClassRef]:
        props = self.endpoint.list_all_parameters()
        return {ref for prop in props for ref in self.expressions.classes_of(prop)}

    @property
    def result_classes(self) -> set[ClassRef]:
        return {ref for response in self.success.values() for ref in self.expressions.classes_of(response.prop)}

    @property
    def error_classes(self) -> set[ClassRef]:
        return {ref for response in self.errors.values() for ref in self.expressions.classes_of(response.prop)}


def _statuses(response: Any) -> range:
    first, last = response.status_code.range
    return range(first, last + 1)


def _is_empty(response: Any) -> bool:
    return response.source["attribute"] == "None"


def auth_of(security: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(alternative) for alternative in security)


def views(
    document: dict[str, Any], endpoints: list[Endpoint], config: Config, expressions: Expressions
) -> list[OperationView]:
    """Every operation of the document, in its order; raises if the generator left one out."""
    by_name = {str(endpoint.name): endpoint for endpoint in endpoints}
    default_auth = auth_of(document.get("security", []))
    views: list[OperationView] = []
    for method, path, raw in operations(document):
        name = str(PythonIdentifier(raw["operationId"], prefix=config.field_prefix))
        if name not in by_name:
            raise UnsupportedDocumentError(f"{method} {path} ({raw['operationId']}) was dropped by the generator")
        declared = parameters(document, path, raw)
        descriptions = {(p["in"], p["name"]): p.get("description", "") for p in declared}
        encodings = {p["name"]: p["x-encoding"] for p in declared if "x-encoding" in p}
        endpoint = by_name.pop(name)
        views.append(
            OperationView(endpoint, raw, method, path, default_auth, expressions, descriptions, encodings, declared)
        )
    if by_name:
        raise UnsupportedDocumentError(f"operations that the document does not have: {sorted(by_name)}")
    return views
