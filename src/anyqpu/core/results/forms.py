"""The boundary around the decoders of results: a result, or `ResultDecodeError` with the facts of the exchange.

Results are as large as their senders make them, and some are compressed. Decoders check sizes before they allocate,
with what is here; what may take long runs in a worker thread, so that deadlines hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import anyio.to_thread
from anyqpu_raw._core import DEEPEST

from anyqpu.errors import ResultDecodeError, ValidationError
from anyqpu.model.result import ResultItem
from anyqpu.transport import exchange
from anyqpu.transport.failures import read_body
from anyqpu.transport.redact import redact_text

T = TypeVar("T")

# More shots than any provider runs in one job.
MOST_SHOTS = 1_000_000
# A body with fewer values, characters and shots is decoded in less time than a worker thread takes to start.
_FEW_VALUES, _FEW_CHARACTERS, _FEW_SHOTS = 1_000, 10_000, 20_000
_REASON = 200
# What an error keeps of a body.
_LIST, _TEXT, _LEVELS = 100, 2_000, 8


class FormError(ValueError):
    """A result has another form than expected; the message is fit to be shown."""


class Budget:
    """Bytes that decoding one result may take, however it is compressed.

    Args:
        shots: Shots of the job, as far as they are known.
        received: Characters that were received.
    """

    def __init__(self, shots: int | None, received: int) -> None:
        self.left = 2_000_000 + 32 * received + 32 * min(max(shots or 0, 0), MOST_SHOTS)

    def take(self, amount: int) -> None:
        """Count bytes that are about to be allocated; raise `FormError` if they are too many."""
        self.left -= amount
        if self.left < 0:
            raise FormError("it is far larger than what was received and the job's shots allow")


def check_shots(number: int, shots: int | None) -> None:
    """Raise `FormError` for far more outcomes than a job has shots.

    Jobs of several circuits may have different shots for each, and some devices round up, so the limit is generous.
    """
    if number < 0 or number > max(MOST_SHOTS, 100 * (shots or 0)):
        raise FormError(f"it has {_number(number)} outcomes of {shots or 'an unknown number of'} shots")


def check_totals(items: Iterable[ResultItem], shots: int | None) -> None:
    """Raise `FormError` where an item counts far more outcomes than the job has shots."""
    for item in items:
        if item.counts is not None:
            check_shots(item.counts.shots, shots)
        for counts in (item.registers or {}).values():
            check_shots(counts.shots, shots)
        if item.fock is not None:
            check_shots(sum(item.fock.values()), shots)


def _number(number: int) -> str:
    return f"{number:,}" if abs(number) < 10**15 else "more than 10^15"


def whole(value: Any, name: str = "a count") -> int:
    """Return a whole number from 0, also from a text or from 12.0; raise `FormError` for anything else."""
    number: Any = value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        number = int(value)
    if isinstance(value, float) and value.is_integer():
        number = int(value)
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**64:
        return number
    raise FormError(f"{name} is not a whole number")


async def decode(
    provider: str,
    subject: str,
    read: Callable[[], T],
    *,
    body: Any,
    details: dict[str, Any],
    shots: int | None = None,
    hint: str | None = None,
) -> T:
    """Return what `read` makes of a result; in a worker thread where that may take long.

    Args:
        provider: Name of the provider.
        what: What is decoded, for the error, such as `the result of ibm.qpu.fez`.
        read: The decoder; it may raise anything.
        body: What it decodes.
        details: Facts of the exchange, from `exchange.details`, which later requests of this task would replace.
        shots: Shots of the job.
        hint: Of the error.

    Raises:
        ResultDecodeError: The decoder failed. `body` has the beginning of what was received, without secrets.
    """
    reason = ""
    try:
        if (shots or 0) < _FEW_SHOTS and is_small(body):
            return read()
        return await anyio.to_thread.run_sync(read, abandon_on_cancel=True)
    except Exception as error:  # a decoder meets anything
        reason = _reason(error)
    # Outside of the handler: what the decoder raised may show the body in its frames.
    facts: dict[str, Any] = {"provider": provider, **details}
    raise ResultDecodeError(
        f"{subject} has another form than expected{reason}",
        body=beginning(body),
        hint=hint,
        **facts,
    )


def decode_now(provider: str, subject: str, read: Callable[[], T], *, body: Any) -> T:
    """As `decode`, for what takes no time, about the last response of this task."""
    reason = ""
    try:
        return read()
    except Exception as error:  # a decoder meets anything
        reason = _reason(error)
    raise ResultDecodeError(
        f"{subject} has another form than expected{reason}", body=beginning(body), **exchange.details(provider)
    )


def _reason(error: Exception) -> str:
    """Why, where the words are ours."""
    match error:
        case FormError():
            reason = str(error)
        case ValidationError():
            reason = error.message
        case KeyError(args=(str(key), *_)):
            reason = f"it lacks {key[:40]!r}"
        case RecursionError():
            reason = "it is nested too deeply"
        case _:
            return ""
    return f": {redact_text(reason[: 10 * _REASON])[:_REASON]}"


def is_small(value: Any) -> bool:
    """Whether a JSON value is so small that walking it takes well under a millisecond."""
    values, characters, parts = 0, 0, [value]
    while parts:
        part = parts.pop()
        values += 1
        if isinstance(part, str | bytes):
            characters += len(part)
        elif isinstance(part, dict | list):
            inside = cast("dict[str, Any] | list[Any]", part)
            if len(inside) > _FEW_VALUES:
                return False
            parts += inside.values() if isinstance(inside, dict) else inside
        if values > _FEW_VALUES or characters > _FEW_CHARACTERS:
            return False
    return True


def size_of(value: Any) -> int:
    """About how many characters a JSON value was received as, at least."""
    total, parts = 0, [value]
    while parts:
        part = parts.pop()
        total += 2
        if isinstance(part, str):
            total += len(part)
        elif isinstance(part, dict):
            fields = cast("dict[str, Any]", part)
            total += sum(map(len, fields))
            parts += fields.values()
        elif isinstance(part, list):
            parts += cast("list[Any]", part)
    return total


def beginning(body: Any) -> Any:
    """What an error keeps of a body that was parsed: a few kilobytes of it, without secrets."""
    try:
        return read_body(json.dumps(_clipped(body, _LEVELS)).encode())
    except (TypeError, ValueError, RecursionError):
        return None


def _clipped(value: Any, levels: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _TEXT else value[:_TEXT] + "..."
    if isinstance(value, dict):
        pairs = list(cast("dict[str, Any]", value).items())[:_LIST] if levels else []
        return {str(key)[:_LIST]: _clipped(item, levels - 1) for key, item in pairs}
    if isinstance(value, list):
        return [_clipped(item, levels - 1) for item in cast("list[Any]", value)[:_LIST]] if levels else []
    return value if value is None or isinstance(value, bool | int | float) else str(type(value).__name__)


def json_in(text: Any, *, budget: Budget | None = None) -> Any:
    """Return the value in a JSON text; raise `FormError` for anything else.

    Args:
        text: What was received or unpacked.
        budget: What decoding may take; the text is counted, and the value may be many times as large.
    """
    if not isinstance(text, str):
        raise FormError("a text is missing")
    if budget is not None:
        budget.take(len(text))
    return parsed(text)


def parsed(text: str | bytes) -> Any:
    """Return the value in a JSON text; raise `FormError` for another text and for more than 128 levels."""
    value: Any = None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        reason = "a text in it is not JSON"
    else:
        reason = "it is nested too deeply" if _is_deep(value) else ""
    if reason:
        raise FormError(reason)
    return value


async def json_or_text(text: str | None) -> Any:
    """Return the value in a JSON text, also where that is JSON in JSON; a text that is not JSON as it is."""
    if len(text or "") <= _FEW_CHARACTERS:
        return _json_or_text(text)
    return await anyio.to_thread.run_sync(_json_or_text, text, abandon_on_cancel=True)


def _json_or_text(text: str | None) -> Any:
    try:
        value = parsed(text or "null")
        return parsed(value) if isinstance(value, str) and value.lstrip().startswith("{") else value
    except FormError:
        return text


def _is_deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _ in range(DEEPEST + 1):
        level = [part for whole in level for part in _inside(whole)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()
