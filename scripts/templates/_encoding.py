"""How arguments become paths, query parameters, headers and bodies of requests."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from ._values import TOO_DEEP, UNSET, ApiModel, ParameterError, encode, is_list, is_object


def kind_of(value: Any) -> str:
    """Return the kind of a JSON value, for messages."""
    names: dict[Any, str] = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


# What stays as it is.
_is_identifier = re.compile("[A-Za-z0-9_-]+").fullmatch


def path_segment(name: str, value: object) -> str:
    """Return a path parameter, percent-encoded; a value that would change the path itself is refused."""
    if type(value) is str and _is_identifier(value):
        return value
    text = "" if value is None else _text(_encoded(value, name), name)
    if text in {"", ".", ".."}:
        raise ParameterError(name, f"{text!r} cannot stand in a path; give the identifier")
    return quote(text, safe="")


def query_pairs(values: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """Return query parameters; a list repeats its key, and what is unset or None is left out."""
    pairs: list[tuple[str, str]] = []
    for key, value in values:
        if value is UNSET or value is None:
            continue
        encoded = _encoded(value, key)
        for item in encoded if is_list(encoded) else [encoded]:
            if item is not None:
                pairs.append((key, _text(item, key)))
    return tuple(pairs)


def joined(key: str, value: object, separator: str) -> object:
    """Return a list as the one text of the parameter `key`; any other value as it is."""
    encoded = _encoded(value, key) if value is not UNSET else value
    return separator.join(_text(item, key) for item in encoded) if is_list(encoded) else encoded


def deep(key: str, value: object) -> list[tuple[str, object]]:
    """Return the pairs of an object in the style deepObject: `key[field]`; elements of lists by their number."""
    encoded = _encoded(value, key) if value is not UNSET else None
    if not is_object(encoded) and not is_list(encoded):
        return [(key, encoded)]
    items = encoded.items() if is_object(encoded) else enumerate(encoded)
    return [pair for name, item in items for pair in deep(f"{key}[{name}]", item)]


def spread(key: str, value: object) -> list[tuple[str, object]]:
    """Return the pairs of an object whose fields are parameters of their own."""
    encoded = _encoded(value, key) if value is not UNSET else None
    return list(encoded.items()) if is_object(encoded) else [(key, encoded)]


def as_json(key: str, value: object) -> object:
    """Return a value as JSON in a text."""
    return value if value is UNSET or value is None else _json_text(value, key)


def header_values(values: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return header parameters; what is unset or None is left out, and only printable ASCII is sent."""
    headers: dict[str, str] = {}
    for key, value in values:
        if value is UNSET or value is None:
            continue
        headers[key] = text = _text(_encoded(value, key), key)
        if any(ord(character) < 32 or ord(character) == 127 for character in text):  # noqa: PLR2004
            raise ParameterError(key, "a header cannot hold control characters")
        if not text.isascii():
            raise ParameterError(key, "a header can hold ASCII characters only")
    return headers


def _encoded(value: object, key: str) -> Any:
    try:
        return encode(value, key)
    except RecursionError:
        raise ParameterError(key, TOO_DEEP) from None


def _text(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise ParameterError(key, f"{kind_of(value)} cannot stand there; give a single value")
    if (reason := _flaw(value)) is not None:
        raise ParameterError(key, reason)
    return str(value)


def _flaw(value: Any) -> str | None:
    """Why a text or a number cannot be sent; None if it can."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return "the text has half of a surrogate pair, which UTF-8 cannot hold"
    if isinstance(value, float) and not math.isfinite(value):
        return f"JSON has no {value}"
    if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
        return "the integer has too many digits"
    return None


# Python writes no longer integers as text.
_LARGEST = 10**4000


def json_content(body: Any) -> bytes:
    """Return a JSON body; raise `ParameterError` for NaN, infinities and whatever else JSON does not have."""
    return _json_text(body, "body").encode()


def _json_text(value: Any, where: str) -> str:
    encoded = _encoded(value, where)
    try:
        text = json.dumps(encoded, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError):
        pass
    else:
        return text
    try:
        problem = _problem(encoded, where)
    except RecursionError:
        problem = ParameterError(where, TOO_DEEP)
    raise problem or ParameterError(where, "it cannot be written as JSON")


def _problem(value: Any, where: str) -> ParameterError | None:
    """The first value that cannot be written as JSON."""
    if is_object(value):
        for key, item in value.items():
            reason = _flaw(key) if isinstance(key, str) else f"the key {key!r:.40} is not a text"
            problem = ParameterError(where, reason) if reason else _problem(item, f"{where}.{key}")
            if problem is not None:
                return problem
        return None
    if is_list(value):
        return next((problem for item in value if (problem := _problem(item, where)) is not None), None)
    reason = _flaw(value)
    return ParameterError(where, reason) if reason else None


def form_content(body: Any, *, deep: bool = False) -> bytes:
    """Return a form body (application/x-www-form-urlencoded); `deep` writes objects in it as the function does."""
    fields = _encoded(body, "body")
    if not is_object(fields):
        raise ParameterError("body", f"expected an object, got {kind_of(fields)}")
    pairs = [pair for key, value in fields.items() for pair in _deep(key, value)] if deep else fields.items()
    return urlencode(query_pairs(pairs)).encode()


_deep = deep
_BOUNDARY = "b4f1d0c7a6e94f0f9d8a3c5e2b7146aa"
MULTIPART = f"multipart/form-data; boundary={_BOUNDARY}"
"""The media type of what `multipart_content` returns."""


def multipart_content(body: Any) -> bytes:
    """Return a form body with files: fields of bytes are files, objects are JSON, and lists repeat their field."""
    if isinstance(body, ApiModel):
        fields = [*((key, getattr(body, name)) for name, key in body.FIELDS), *body.additional_properties.items()]
    elif is_object(body):
        fields = list(body.items())
    else:
        raise ParameterError("body", f"expected an object, got {kind_of(body)}")
    lines: list[bytes] = []
    for key, value in fields:
        for item in value if is_list(value) else [value]:
            if item is not UNSET and item is not None:
                lines += _part(key, item)
    content = b"".join(line + b"\r\n" for line in [*lines, f"--{_BOUNDARY}--".encode()])
    if content.count(_BOUNDARY.encode()) != lines.count(_START) + 1:
        raise ParameterError("body", "it has the text that is between the parts of a form")
    return content


_START = f"--{_BOUNDARY}".encode()


def _part(key: str, value: Any) -> list[bytes]:
    name = key.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'Content-Disposition: form-data; name="{name}"'
    if isinstance(value, bytes | bytearray):
        head += f'; filename="{name}"\r\nContent-Type: application/octet-stream'
        return [_START, head.encode(), b"", bytes(value)]
    encoded = _encoded(value, key)
    if is_object(encoded) or is_list(encoded):
        return [_START, f"{head}\r\nContent-Type: application/json".encode(), b"", _json_text(encoded, key).encode()]
    return [_START, head.encode(), b"", _text(encoded, key).encode()]


def bytes_content(body: Any) -> bytes:
    """Return a body that is sent as it is; a text is sent as UTF-8."""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, bytes | bytearray):
        raise ParameterError("body", f"expected bytes, got {kind_of(body)}")
    return bytes(body)
