"""Read a document, or refuse it with the reason and the place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openapi_spec_validator
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from scripts.documents import operations, parse_yaml

# In bytes. API documents have kilobytes.
LARGEST = 50_000_000


class RefusedError(Exception):
    """The document cannot be used; the message has the reason and the place."""


def read_document(file: Path) -> dict[str, Any]:
    """Read an OpenAPI 3.0 or 3.1 document, JSON or YAML; raises `RefusedError` for anything else."""
    return parse_document(_text_of(file), str(file))


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise RefusedError(f"{file} is larger than {LARGEST // 1_000_000} MB, which no API document is")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RefusedError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RefusedError(f"{file} is not UTF-8 text: {error.reason} at byte {error.start}") from error


def parse_document(text: str, where: str) -> dict[str, Any]:
    """Parse a document; `where` is its name in messages."""
    document: Any = _parse(text, where)
    if not isinstance(document, dict):
        raise RefusedError(f"{where} is a {type(document).__name__}, not an API document")
    if "swagger" in document:
        raise RefusedError(f"{where} is Swagger {document['swagger']}; OpenAPI 3.0 or 3.1 is needed: convert it first")
    version = str(document.get("openapi", ""))
    if not version.startswith(("3.0.", "3.1.")):
        kind = f"OpenAPI {version}" if version else "not an OpenAPI document (it has no version)"
        raise RefusedError(f"{where} is {kind}; OpenAPI 3.0 or 3.1 is needed")
    if not isinstance(document.get("paths"), dict) or not operations(document):
        raise RefusedError(f"{where} has no operations")
    _check_operations(document, where)
    for _, _, operation in operations(document):
        # YAML parses `200:` as a number.
        responses = operation.get("responses", {})
        operation["responses"] = {str(status): response for status, response in responses.items()}
    return document


def _check_operations(document: dict[str, Any], where: str) -> None:
    """Check the types that the rules of OpenAPI are checked with."""
    for method, path, operation in operations(document):
        kinds = {"responses": dict, "parameters": list, "requestBody": dict}
        wrong = [name for name, kind in kinds.items() if not isinstance(operation.get(name, kind()), kind)]
        if wrong:
            raise RefusedError(
                f"{where} is not valid: {wrong[0]} of {method} {path} is not a {kinds[wrong[0]].__name__}"
            )


def _parse(text: str, where: str) -> Any:
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError as error:
            raise RefusedError(f"{where} is not valid JSON, or is cut off: {error}") from error
    try:
        return parse_yaml(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" in line {mark.line + 1}" if mark else ""
        raise RefusedError(f"{where} is not valid YAML, or is cut off: {error.problem}{place}") from error
    except (YAMLError, ValueError) as error:
        raise RefusedError(f"{where} is not valid YAML: {error}") from error


def problems_of(document: dict[str, Any]) -> list[str]:
    """Return the violations of the rules of OpenAPI, by path."""
    validator = openapi_spec_validator.OpenAPIV31SpecValidator
    if str(document["openapi"]).startswith("3.0."):
        validator = openapi_spec_validator.OpenAPIV30SpecValidator
    try:
        errors = list(validator(document).iter_errors())
    except Exception as error:  # the library raises various types for references without a target
        return [f"the document cannot be resolved: {str(error).partition(' within {')[0][:300]}"]
    return [f"{'/'.join(str(part) for part in error.absolute_path) or '/'}: {error.message[:300]}" for error in errors]
