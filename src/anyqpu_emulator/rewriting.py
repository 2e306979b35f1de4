"""Changes that faults make to a response: its statuses, body, JSON members and headers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message

from .faults import UNKNOWN_STATUS, Fault
from .shapes import is_list, is_object

BODILESS = (204, 205, 304)
_GARBAGE = b'\x00\xff\xfe{"status": \x80 not JSON]'


@dataclass(slots=True)
class HeldResponse:
    """A response of an application, held back."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] | None = None
    body: bytes = field(default=b"", repr=False)

    async def take(self, message: Message) -> None:
        """Stand in for the server's `send`."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def rewrite(response: HeldResponse, fault: Fault) -> None:
    """Apply a fault to a response, in place; `content-length` stays right unless the fault gives one."""
    kind: bytes | None = None
    if fault.unknown_status and response.status < 400:
        word = UNKNOWN_STATUS if fault.unknown_status is True else fault.unknown_status
        response.body = _with_status(response.body, word)
    if fault.text is not None:
        response.body = fault.text.encode("utf-8", "surrogateescape")
    elif fault.body == "html":
        title = f"{response.status} {'Bad Gateway' if response.status == 502 else 'Gateway'}"
        response.body, kind = _page(title), b"text/html; charset=utf-8"
    elif fault.body == "empty":
        response.body = b""
    elif fault.body == "garbage":
        response.body = _GARBAGE
    if fault.change or fault.remove or fault.verbatim:
        response.body = with_changes(response.body, fault)
    headers = [(name, value) for name, value in response.headers or [] if name != b"content-length"]
    if kind is not None:
        headers = [(name, value) for name, value in headers if name != b"content-type"] + [(b"content-type", kind)]
    if response.status in BODILESS:
        response.body = b""
    else:
        headers.append((b"content-length", str(len(response.body)).encode()))
    replaced = {name.lower().encode(): value.encode("utf-8") for name, value in fault.headers.items()}
    response.headers = [(name, value) for name, value in headers if name not in replaced]
    response.headers += [(name, value) for name, value in replaced.items() if value]


def with_changes(body: bytes, fault: Fault) -> bytes:
    """Return a JSON body with members changed and removed; a body that is not JSON stays as it is."""
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return body
    for pointer in fault.remove:
        content = _apply(content, _parts(pointer), _remove)
    for pointer, value in fault.change.items():
        content = _apply(content, _parts(pointer), _setter(value))
    marks: dict[str, str] = {}
    for pointer, text in fault.verbatim.items():
        # A word that no body has marks the place of the text.
        mark = f"verbatim-{secrets.token_hex(16)}"
        marks[json.dumps(mark)] = text
        content = _apply(content, _parts(pointer), _setter(mark))
    written = json.dumps(content, separators=(",", ":"))
    for mark, text in marks.items():
        written = written.replace(mark, text)
    return written.encode("utf-8", "surrogateescape")


_Edit = Callable[[Any, "str | int"], None]
_WHOLE = "whole"


def _apply(content: Any, parts: list[str], edit: _Edit) -> Any:
    """Edit the parts that a pointer names, and return the content or its replacement."""
    if not parts:
        holder = {_WHOLE: content}
        edit(holder, _WHOLE)
        return holder[_WHOLE]
    holders = [content]
    for part in parts[:-1]:
        holders = [holder[key] for holder in holders for key in _keys(holder, part) if _has(holder, key)]
    for holder in holders:
        # From the end: an element that is removed moves those behind it.
        for key in reversed(_keys(holder, parts[-1])):
            edit(holder, key)
    return content


def _keys(holder: Any, part: str) -> list[str | int]:
    """The members or elements that a part of a pointer names; one that is missing in an object can be added."""
    if is_object(holder):
        return list(holder) if part == "*" else [part]
    if not is_list(holder):
        return []
    if part == "*":
        return list(range(len(holder)))
    return [int(part)] if part.isdecimal() and int(part) < len(holder) else []


def _has(holder: Any, key: str | int) -> bool:
    return key in holder if is_object(holder) else True


def _setter(value: Any) -> _Edit:
    def put(holder: Any, key: str | int) -> None:
        holder[key] = value

    return put


def _remove(holder: Any, key: str | int) -> None:
    if _has(holder, key):
        del holder[key]


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _page(title: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><hr>proxy</body></html>\n".encode()


def _with_status(body: bytes, word: str) -> bytes:
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if is_object(content) and "data" in content and content.get("status") == "success":
        # The envelope of JSend has its own status.
        changed: Any = {**content, "data": _replaced(content["data"], word)}
    else:
        changed = _replaced(content, word)
    return json.dumps(changed, separators=(",", ":")).encode()


def _replaced(value: Any, word: str) -> Any:
    if is_object(value):
        return {
            name: word if name == "status" and isinstance(item, str) else _replaced(item, word)
            for name, item in value.items()
        }
    return [_replaced(item, word) for item in value] if is_list(value) else value
