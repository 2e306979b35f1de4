"""The messages of the execution endpoint: msgpack maps tagged `_type`, as Rigetti's package `rpcq` has them.

Requests: `{"_type": "RPCRequest", "jsonrpc": "2.0", "id": ..., "method": ..., "params": {...}}`. Responses:
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

from anyqpu.core.arguments import shown
from anyqpu.errors import UnexpectedResponseError
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.transport.redact import redact_text

MESSAGE_LIMIT = 500
# A result has a buffer of three values for each measured bit.
MOST_VALUES = 20_000
_NO_METHOD = re.compile(
    r"\bno (?:such )?method\b|\b(?:invalid|unknown) method\b|\bmethod\b.*\bnot found\b", re.IGNORECASE
)
_NO_JOB = re.compile(r"\bno (?:such )?job\b|\b(?:invalid|unknown) job\b|\bjob\b.*\bnot found\b", re.IGNORECASE)
# What `rpcq` sends is an exception's `repr`, and often its traceback.
_REPR = re.compile(r"""\w+\((["'])(.*)\1,?\)""")
_EXPIRED = re.compile(r"\bengagement\b.*\bexpired\b|\bexpired\b.*\bengagement\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RpcError:
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
class RpcResult:
    """The result of an `RPCReply`."""

    result: Any


@dataclass(frozen=True, slots=True)
class Garbled:
    """A response to a request that cannot be read."""

    problem: str


Response = RpcResult | RpcError | Garbled


def request(method: str, **params: Any) -> tuple[str, bytes]:
    """Return a request, and the id that its response repeats."""
    # It has no types.
    msgpack: Any = importlib.import_module("msgpack")
    id = str(uuid.uuid4())
    body = {"_type": "RPCRequest", "jsonrpc": "2.0", "id": id, "method": method, "params": params}
    packed: bytes = msgpack.packb(body, use_bin_type=True)
    return id, packed


def execution(program: str, values: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return what `execute_qpu_request` takes as `request`."""
    patches = {name: list(items) for name, items in values.items()}
    return {"_type": "QPURequest", "id": str(uuid.uuid4()), "program": program, "patch_values": patches}


def read(content: bytes) -> tuple[str | None, Response]:
    """Return the id of a request and its response, which is `Garbled` where only the id can be read.

    Raises:
        UnexpectedResponseError: It cannot be read at all.
    """
    msgpack: Any = importlib.import_module("msgpack")
    _check_size(content)
    body: dict[Any, Any] = {}
    problem: str | None = None
    try:
        message: Any = msgpack.unpackb(content, raw=False)
    except Exception as error:  # of any type: this is another package's decoder
        problem = f"it is not msgpack ({type(error).__name__})"
    else:
        if isinstance(message, dict):
            body = cast("dict[Any, Any]", message)
        else:
            problem = "it is not a map"
    if problem is not None:
        raise odd_message(problem)
    id, kind = body.get("id"), body.get("_type")
    response: Response
    if kind == "RPCError":
        response = RpcError(_message(body.get("error")))
    elif kind == "RPCReply" and "result" in body:
        response = RpcResult(body["result"])
    else:
        response = Garbled(f"it is of type {shown(kind)}")
    if not isinstance(id, str) or not id:
        if isinstance(response, Garbled):
            raise odd_message(response.problem)
        return None, response
    return id, response


def _check_size(content: bytes) -> None:
    """Raise `UnexpectedResponseError` for a message of more values than any response has.

    A value takes one byte of a message and a hundred times that as an object. Only lengths are read here.
    """
    at, end, left, seen = 0, len(content), 1, 0
    while left and at < end:
        code = content[at]
        at += 1
        left -= 1
        seen += 1
        if code <= 0x7F or code >= 0xE0:
            continue
        if code <= 0xBF:
            if code <= 0x9F:
                left += (code & 15) * (2 if code <= 0x8F else 1)
            else:
                at += code & 31
        else:
            width, size, per = _CODES.get(code, (0, 0, 0))
            length = int.from_bytes(content[at : at + width])
            at += width + size + (length if per == 0 else 0)
            left += length * per
        if left + seen > MOST_VALUES:
            raise odd_message(f"it has more than {MOST_VALUES} values")


# Of the codes with a length or a fixed size: bytes of the length, bytes that follow besides, values per length
# (0: the length counts bytes). Source: the MessagePack specification, "Formats".
_CODES: Mapping[int, tuple[int, int, int]] = {
    **{0xC4: (1, 0, 0), 0xC5: (2, 0, 0), 0xC6: (4, 0, 0)},
    **{0xC7: (1, 1, 0), 0xC8: (2, 1, 0), 0xC9: (4, 1, 0)},
    **{0xCA: (0, 4, 0), 0xCB: (0, 8, 0)},
    **{0xCC: (0, 1, 0), 0xCD: (0, 2, 0), 0xCE: (0, 4, 0), 0xCF: (0, 8, 0)},
    **{0xD0: (0, 1, 0), 0xD1: (0, 2, 0), 0xD2: (0, 4, 0), 0xD3: (0, 8, 0)},
    **{0xD4: (0, 2, 0), 0xD5: (0, 3, 0), 0xD6: (0, 5, 0), 0xD7: (0, 9, 0), 0xD8: (0, 17, 0)},
    **{0xD9: (1, 0, 0), 0xDA: (2, 0, 0), 0xDB: (4, 0, 0)},
    **{0xDC: (2, 0, 1), 0xDD: (4, 0, 1), 0xDE: (2, 0, 2), 0xDF: (4, 0, 2)},
}


def _message(text: object) -> str:
    """Return the text of an error as one line without control characters."""
    said = text.partition("Traceback (most recent call last)")[0] if isinstance(text, str) else ""
    line = " ".join(said[: 4 * MESSAGE_LIMIT].split())
    if (wrapped := _REPR.fullmatch(line)) is not None:
        line = wrapped[2]
    line = redact_text("".join(character for character in line if character.isprintable()))
    return line[:MESSAGE_LIMIT] or "the endpoint does not give a reason"


def odd_message(problem: str, operation: str | None = None) -> UnexpectedResponseError:
    """Return the error for a message that is not an response."""
    return UnexpectedResponseError(
        f"invalid message from the execution endpoint: {problem}",
        provider=PROVIDER,
        operation=operation,
        hint="Today's endpoints may have another protocol than the published document",
    )
