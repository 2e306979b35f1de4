"""Odd responses: each call of a cloud's client, played back with changed bodies."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import msgpack

from anyqpu.errors import AnyQPUError, APIError, TransportError, UnexpectedResponseError
from tests.fuzz import corpus as recording
from tests.fuzz import sockets
from tests.fuzz.corpus import Corpus
from tests.fuzz.edits import Edit, choose, edited
from tests.fuzz.findings import Case, Finding, finding_of
from tests.fuzz.judge import check_error, check_traceback, check_value
from tests.fuzz.tape import Exchange

PART = "responses"
# Exchanges from here on are messages of ZeroMQ.
MESSAGES = 1_000
# Edits of a response's status and headers, which the part `headers` knows.
HEAD_ACTIONS: dict[str, Callable[[Exchange, Edit], Exchange]] = {}


def choose_case(chance: random.Random, corpus: Corpus, names: list[str]) -> Case:
    """A call and one to three edits of its responses."""
    call = corpus.calls[chance.choice(names)]
    numbers = list(range(len(call.tape.exchanges))) + [MESSAGES + n for n in range(len(call.tape.messages))]
    edits: list[Edit] = []
    if numbers:
        number = chance.choice(numbers)
        for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
            if chance.random() < 0.1:
                number = chance.choice(numbers)
            edits.append(choose(chance, number, call.places.get(number, [])))
    return [PART, corpus.provider, call.name, [edit.to_json() for edit in edits]]


async def run_case(corpus: Corpus, case: Case, *, deep: bool, **options: Any) -> Finding | None:
    """Run one case; None if it ends as promised. `deep` also looks at the variables of a traceback.

    `options` are those of `connect`.
    """
    _, provider, name, listed = case
    call = corpus.calls[name]
    edits = [Edit.from_json(item) for item in listed]
    # What a header of a response says is in no value.
    echoed = any(edit.value == "echoed credential" for edit in edits)
    by_exchange: dict[int, list[Edit]] = {}
    for edit in edits:
        by_exchange.setdefault(edit.exchange, []).append(edit)

    def change(number: int, exchange: Exchange) -> Exchange:
        chosen = by_exchange.get(number)
        if chosen is None:
            return exchange
        exchange = replace(exchange, body=edited(exchange.body, chosen))
        for edit in chosen:
            if (head := HEAD_ACTIONS.get(edit.action)) is not None:
                exchange = head(exchange, edit)
        return exchange

    def change_message(number: int, message: bytes) -> bytes:
        chosen = by_exchange.get(MESSAGES + number)
        return message if chosen is None else _edited_message(message, chosen)

    try:
        with sockets.playing(call.tape, change_message):
            client = recording.connect(provider, corpus.player(name, change), **options)
            try:
                check_value(await call.run(client, corpus.facts), echoed=echoed)
            finally:
                await client.aclose()
    except AnyQPUError as error:
        # A credential that the server calls an identifier or a status is data; a description of a response hides it.
        named = echoed and not isinstance(error, TransportError | APIError | UnexpectedResponseError)
        try:
            check_error(error, credentials=not named)
            if deep and not echoed:
                check_traceback(error)
        except BaseException as problem:
            return finding_of(problem, case)
    except BaseException as error:
        return finding_of(error, case)
    return None


def _edited_message(message: bytes, edits: list[Edit]) -> bytes:
    """A msgpack message after edits of its JSON form; bytes in it become text and back."""
    import json

    def plain(value: Any) -> Any:
        return value.decode("latin-1") if isinstance(value, bytes) else repr(value)

    body = edited(json.dumps(msgpack.unpackb(message), default=plain).encode(), edits)
    try:
        return msgpack.packb(json.loads(body))
    except (ValueError, TypeError, OverflowError, RecursionError, UnicodeError):
        return body


Run = Callable[..., Awaitable[Finding | None]]


async def minimized(corpus: Corpus, finding: Finding, run: Run) -> Finding:
    """The finding with as few edits as still show it."""
    case = finding.case
    edits: list[Any] = case[3]
    for number in range(len(edits)):
        if len(edits) == 1:
            break
        fewer = [edit for place, edit in enumerate(edits) if place != number]
        again = await run(corpus, [*case[:3], fewer], deep=True)
        if again is not None and again.key == finding.key:
            return await minimized(corpus, again, run)
    return finding


async def cases(chance: random.Random, corpus: Corpus, count: int, call: str = "") -> AsyncIterator[Case]:
    """So many cases, three of four of the client's own methods and the others of `raw` too; or of one call."""
    names = [call] if call else list(corpus.calls)
    ours = [name for name in names if not name.startswith("raw.")]
    for _ in range(count):
        yield choose_case(chance, corpus, ours if ours and chance.random() < 0.75 else names)
