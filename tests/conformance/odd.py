"""Odd values for the members of a response, and texts that a data file cannot hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

DEEP = 20_000
ODD: dict[str, str | None] = {
    "null": "null",
    "number": "1764000000",
    "negative number": "-7",
    "fraction": "21636558026.698066",
    "number beyond a float": "1e400",
    "number of 400 digits": "9" * 400,
    "not a number": "NaN",
    "text": '"odd"',
    "empty text": '""',
    "list": '["a"]',
    "empty list": "[]",
    "object": '{"a": 1}',
    "empty object": "{}",
    "true": "true",
    "year 1": '"0001-01-01T00:00:00+14:00"',
    "year 99999": '"99999-12-31T23:59:59Z"',
    "lone surrogate": '"\\ud800"',
    "terminal escape": '"\\u001b[2J\\u0007"',
    "nested 20,000 deep": "[" * DEEP + "]" * DEEP,
    "list with null": "[null]",
    "list with number": "[7]",
    "list with object": "[{}]",
    "missing": None,
}
"""JSON texts by the words of the data file; None removes the member."""
TEXTS: dict[str, str] = {
    "deep JSON": "[" * DEEP + "]" * DEEP,
    "a megabyte": json.dumps({"message": "m" * 2**20}),
    "an echoed secret": json.dumps({"message": "Bearer canary-ECHO refused", "token": "canary-ECHO"}),
    "terminal escapes": json.dumps({"message": "\x1b[2J\x07 gone", "detail": "\x1b]0;title\x07"}),
    "a lone surrogate": '{"message": "\\ud800", "detail": "\\udfff"}',
    "latin-1": '{"message": "caf\udce9"}',
    "numbers for texts": '{"message": 7, "detail": [1], "title": {}, "type": 1e400, "code": {"a": 1}}',
    "repeated keys": '{"id": 1, "id": 2, "message": "m", "message": null}',
    "5,000 digits": "9" * 5000,
    "400 digits": "9" * 400,
    "8,000 characters": "r" * 8000,
    "secret": "canary-ECHO",
    "a byte order mark": '\ufeff{"message": "m"}',
}


def places(body: bytes) -> Iterator[str]:
    """JSON pointers of every member of a body, of the first element of each list, and of the whole."""
    try:
        content = json.loads(body)
    except ValueError:
        return
    yield ""
    yield from _inside(content, "")


def _inside(value: Any, here: str) -> Iterator[str]:
    children: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        children = [(name.replace("~", "~0").replace("/", "~1"), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        children = [("0", value[0])] if value else []
    for name, inner in children:
        yield f"{here}/{name}"
        yield from _inside(inner, f"{here}/{name}")


def at(word: str, place: str) -> dict[str, Any]:
    """The fault that puts an odd value in a place."""
    text = ODD[word]
    if text is None:
        return {"remove": [place]} if place else {"body": "empty"}
    return {"verbatim": {place: text}}


ENDLESS: dict[str, Any] = {
    # Scaleway, Kipu and Pasqal, Rigetti: how many there are, or that there is a next page.
    "total_count": 10**6,
    "total_elements": 10**6,
    "total_pages": 10**5,
    "last": False,
    "nextPageToken": "again",
}


def page(word: str, body: bytes) -> dict[str, Any]:
    """The fault that makes a list's pages contradict each other; a body that is not a page stays as it is."""
    content = json.loads(body) if body else {}
    names = set(content) if isinstance(content, dict) else set[str]()
    # Rigetti leaves the token out where there is no next page.
    if not names & set(ENDLESS) and names and all(isinstance(value, list) for value in content.values()):
        content["nextPageToken"] = ""
    changes: dict[str, Any] = {f"/{name}": value for name, value in ENDLESS.items() if name in content}
    if isinstance(content, dict) and "pagination" in content:
        changes["/pagination/total"] = 10**6
    if not isinstance(content, dict) or not changes:
        return {"headers": {"x-nothing": "1"}}
    if "/nextPageToken" in changes and word != "page: repeated for ever":
        # A token that the emulator did not give is refused.
        return {"headers": {"x-nothing": "1"}}
    if word == "page: more than there is":
        return {"change": changes}
    if word == "page: empty with a next one":
        lists = [name for name, value in content.items() if isinstance(value, list)]
        return {"change": {**changes, **{f"/{name}": [] for name in lists}}, "count": 1}
    whole = {**content, **{pointer[1:]: value for pointer, value in changes.items() if pointer.count("/") == 1}}
    if "pagination" in content:
        whole["pagination"] = {**content["pagination"], "total": 10**6}
    return {"text": json.dumps(whole)}


def resolved(inject: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """A fault of the data file with its named texts filled in; `secret` is what the client sends."""
    made: dict[str, Any] = _filled(dict(inject), secret)
    return made


def _filled(value: Any, secret: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, secret) for key, inner in value.items()}
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    name = value[1:]
    if name.startswith("date in "):
        return format_datetime(datetime.now(UTC) + timedelta(seconds=float(name.split()[2])), usegmt=True)
    return TEXTS[name].replace("canary-ECHO", secret)
