"""The messages of the execution endpoint: msgpack maps tagged `_type`, as Rigetti's package `rpcq` has them.

Requests: `{"_type": "RPCRequest", "jsonrpc": "2.0", "id": ..., "method": ..., "params": {...}}`. Answers:
`{"_type": "RPCReply", "id": ..., "result": ...}` and `{"_type": "RPCError", "id": ..., "error": "..."}`. Errors have
no code, only a text for people, so that what kind of error it is has to be read from its words.
"""

from __future__ import annotations

import importlib
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from anyqpu.errors import UnexpectedResponseError
from anyqpu.providers.rigetti.mapping import PROVIDER

MESSAGE_LIMIT = 500
_NO_METHOD = re.compile(
    r"\bno (?:such )?method\b|\b(?:invalid|unknown) method\b|\bmethod\b.*\bnot found\b", re.IGNORECASE
)
_NO_JOB = re.compile(r"\bno (?:such )?job\b|\b(?:invalid|unknown) job\b|\bjob\b.*\bnot found\b", re.IGNORECASE)
# What `rpcq` sends is an exception's `repr`, and often its traceback.
_REPR = re.compile(r"""\w+\((["'])(.*)\1,?\)""")
_EXPIRED = re.compile(r"\bengagement\b.*\bexpired\b|\bexpired\b.*\bengagement\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An `RPCError`, in one line."""

    message: str

    @property
    def no_such_method(self) -> bool:
        """Whether the endpoint does not know the method."""
        return bool(_NO_METHOD.search(self.message))

    @property
    def no_such_job(self) -> bool:
        """Whether the endpoint does not know the job."""
        return bool(_NO_JOB.search(self.message))

    @property
    def expired(self) -> bool:
        """Whether the engagement is over, so that nothing was done."""
        return bool(_EXPIRED.search(self.message))


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of an `RPCReply`."""

    result: Any


Answer = Reply | Refusal


def request(method: str, **params: Any) -> tuple[str, bytes]:
    """A request, and the id by which its answer is known."""
    # It has no types; this way nothing of it needs to be excused one by one.
    msgpack: Any = importlib.import_module("msgpack")
    id = str(uuid.uuid4())
    body = {"_type": "RPCRequest", "jsonrpc": "2.0", "id": id, "method": method, "params": params}
    packed: bytes = msgpack.packb(body, use_bin_type=True)
    return id, packed


def execution(program: str, values: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """What `execute_qpu_request` takes as `request`."""
    patches = {name: list(items) for name, items in values.items()}
    return {"_type": "QPURequest", "id": str(uuid.uuid4()), "program": program, "patch_values": patches}


def read(content: bytes) -> tuple[str | None, Answer]:
    """Which request a message answers, and what it says; raises `UnexpectedResponseError` for what is no answer."""
    msgpack: Any = importlib.import_module("msgpack")
    try:
        # What a header claims beyond the message's own length is refused by msgpack itself.
        found: Any = msgpack.unpackb(content, raw=False)
    except (ValueError, TypeError, msgpack.UnpackException) as error:
        raise _strange(f"it is no msgpack ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise _strange("it is no map")
    body = cast("dict[str, Any]", found)
    id = body.get("id")
    kind = body.get("_type")
    if kind == "RPCError":
        return id if isinstance(id, str) else None, Refusal(_message(body.get("error")))
    if kind != "RPCReply" or "result" not in body:
        raise _strange(f"it is of type {kind!r}"[:MESSAGE_LIMIT])
    return id if isinstance(id, str) else None, Reply(body["result"])


def _message(text: object) -> str:
    """What an error says, in one line that steers no terminal."""
    said = text.partition("Traceback (most recent call last)")[0] if isinstance(text, str) else ""
    line = " ".join(said[: 4 * MESSAGE_LIMIT].split())
    if (wrapped := _REPR.fullmatch(line)) is not None:
        line = wrapped[2]
    return "".join(each for each in line if each.isprintable())[:MESSAGE_LIMIT] or "the endpoint does not say why"


def _strange(what: str) -> UnexpectedResponseError:
    return UnexpectedResponseError(
        f"the execution endpoint sent what is no answer: {what}",
        provider=PROVIDER,
        hint="Today's endpoints may speak another language than the published document says",
    )
