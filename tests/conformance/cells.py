"""One cell: an operation, a fault, and whether what happens is what is promised."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio

import anyqpu
from anyqpu import RetryPolicy, Search, Timeouts, errors
from tests.conformance import leaks, odd
from tests.conformance.rows import ATTEMPTS, Expectation, Fault, Operation
from tests.conformance.worlds import World
from tests.generated.samples import Sampler
from tests.support.operations import BODIES, CASES, Case, arguments_of

TOTAL = 30.0
"""Seconds of virtual time that a call may take: `Timeouts.total`."""
SLACK = 1.0
TIMEOUTS = Timeouts(connect=5, read=10, write=10, total=TOTAL)
FOREVER = 3 * 3600.0
BY_ROW: dict[str, Case] = {f"{case.provider}:{case.entry.id}": case for case in CASES}
FOLLOW_UP: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "scaleway": lambda raw: raw.list_applications(),
    "kipu": lambda raw: raw.get_backend_status("ibm.qpu.fez"),
    "pasqal": lambda raw: raw.list_projects(),
    "rigetti": lambda raw: raw.get_quantum_processor("Aspen-9"),
}
"""A small call that shows whether a client is still usable."""
CONNECTION_DETAILS = (errors.TransportError, errors.APIError)


@dataclass
class Violation:
    """A promise that was broken: `kind` groups, `detail` explains."""

    cell: str
    kind: str
    detail: str


@dataclass
class Call:
    """What happened in one call."""

    outcome: Any = None
    error: BaseException | None = None
    requests: int = 0
    logins: int = 0
    without_login: bool = False
    effects: int = 0
    seconds: float = 0.0
    log: Sequence[str] = ()
    fired: int = 0
    left: list[str] = field(default_factory=list[str])


Make = Callable[[World], Awaitable[Callable[[Any], Awaitable[Any]]]]


@dataclass
class Subject:
    """What a cell calls: an operation of the document through `client.raw`, or a public method."""

    row: Operation
    make: Make
    operation: str
    """The operationId that faults are aimed at and that is counted."""
    keys: tuple[str, ...] = ()

    def expectation(self, fault: Fault) -> Expectation:
        row = self.row
        return fault.expectation(str(row), *self.keys, row.provider, row.kind, row.group, "any")


def raw_subject(row: Operation) -> Subject:
    """The subject of a row of `operations.toml`."""
    case = BY_ROW[str(row)]
    keys = () if case.entry.auth else ("public",)
    if not has_json(case):
        keys = (*keys, "without body")

    async def make(world: World) -> Callable[[Any], Awaitable[Any]]:
        # An identifier with a slash, as the tests of requests have it, is another path to the emulator.
        values = {
            name: value.removesuffix("/1") if isinstance(value, str) else value
            for name, value in arguments_of(case, full=False).items()
        }
        values |= await world.filled(dict(row.args))
        if row.body is not None:
            body = BODIES[case.provider, case.entry.name, None]
            values["body"] = body.read(await world.filled(row.body))

        async def call(client: Any) -> Any:
            return await getattr(client.raw, case.entry.name)(**values)

        return call

    return Subject(row, make, case.entry.id, keys)


def has_json(case: Case) -> bool:
    """Whether the document has a JSON body for a success."""
    bodies = [BODIES.get((case.provider, case.entry.name, status)) for status in case.entry.success]
    return any(body is not None and body.media["schema"] for body in bodies)


def response_of(row: Operation) -> dict[str, Any] | None:
    """The fault that makes the emulator send the document's sample, for what it does not serve."""
    if row.response is None:
        return None
    case = BY_ROW[str(row)]
    status = case.entry.success[0]
    body = BODIES.get((case.provider, case.entry.name, status))
    value = Sampler(case.provider).make(body.media["schema"]) if body else None
    return {"status": status, "text": "" if value is None else json.dumps(value)}


def expanded(
    fault: Fault, secret: str, body: bytes, rng: random.Random, most: int
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The faults of a cell: the row itself, or one for each place in the response's JSON where it can be put."""
    if fault.replacement is None:
        return [("", [odd.resolved(one, secret) for one in fault.inject])]
    if fault.replacement.startswith("page: "):
        return [("", [odd.page(fault.replacement, body)])]
    places = list(odd.places(body))
    if len(places) > most:
        places = sorted(rng.sample(places, most))
    return [(place, [odd.at(fault.replacement, place)]) for place in places] or [("", [odd.at(fault.replacement, "")])]


async def run_cell(world: World, subject: Subject, fault: Fault, *, seed: int = 0, most: int = 40) -> list[Violation]:
    """Run a cell; the violations found, none if all is as promised."""
    name = f"{subject.row} × {fault.name}"
    expected = subject.expectation(fault)
    base = response_of(subject.row)
    body = b""
    secret = next(iter(leaks.SECRETS[world.provider].values()))
    if fault.replacement is not None:
        body = await _body(world, subject, base)
    violations: list[Violation] = []
    for place, injected in expanded(fault, secret, body, random.Random(f"{seed}/{name}"), most):
        faults = [{"cloud": world.provider, "operation": subject.operation, **one} for one in injected]
        if world.provider not in leaks.LOGINS:
            faults = [one for one in faults if one["operation"] != "token"]
        if base is not None:
            faults = _with_base(faults, base, world.provider, subject.operation)
        call = await one_call(world, subject, faults, login=fault.login)
        where = f" at {place}" if place else ""
        violations += [Violation(name, kind, detail + where) for kind, detail in judged(subject, expected, call)]
    return violations


def _with_base(faults: list[dict[str, Any]], base: Mapping[str, Any], cloud: str, name: str) -> list[dict[str, Any]]:
    """The faults of an operation whose response is a fault itself: those with a status decide, others change it."""
    sample = {"cloud": cloud, "operation": name, **base}
    first = [one for one in faults if "status" in one]
    for number, one in enumerate(first):
        if one["status"] < 300 and one["operation"] == name:
            first[number] = {"text": base["text"], **one, "when": "before"}
            if "body" in one:
                del first[number]["text"]
    return [*first, sample, *(one for one in faults if "status" not in one)]


async def _body(world: World, subject: Subject, base: Mapping[str, Any] | None) -> bytes:
    """The body of the operation's response without any fault."""
    if base is not None:
        return str(base["text"]).encode()
    call = await subject.make(world)
    async with client_of(world, login=False) as client:
        if prepare := getattr(call, "prepare", None):
            await prepare(client)
        world.last_body.clear()
        await call(client)
    return world.last_body.get(subject.operation, b"")


def client_of(world: World, *, login: bool) -> Any:
    """A client of the world, as a user makes it."""
    secrets = leaks.LOGINS.get(world.provider) if login else None
    connect: Any = anyqpu.connect
    return connect(
        world.provider,
        emulator=True,
        transport=world.transport,
        retry=RetryPolicy(attempts=ATTEMPTS, backoff=0.01, max_retry_after=60),
        timeout=TIMEOUTS,
        search=Search(tries=4, pause=2.0),
        **(secrets or leaks.SECRETS[world.provider]),
    )


async def one_call(world: World, subject: Subject, faults: Sequence[Mapping[str, Any]], *, login: bool) -> Call:
    """Make one call under faults, and a second one without them on the same client."""
    emulator = world.emulator
    call = await subject.make(world)
    loop = asyncio.get_running_loop()
    tasks = asyncio.all_tasks()
    got = Call(without_login=world.provider not in leaks.LOGINS)
    with leaks.logged() as lines:
        try:
            client = client_of(world, login=login)
        except Exception as error:
            return Call(error=error, log=lines.lines)
        try:
            if prepare := getattr(call, "prepare", None):
                await prepare(client)
            ids = [emulator.faults.add(**one) for one in faults]
            before = count_effects(world, subject)
            world.counts.clear()
            begun = loop.time()
            try:
                with anyio.fail_after(FOREVER):
                    got.outcome = await call(client)
            except Exception as error:
                got.error = error
            got.seconds = loop.time() - begun
            got.requests = world.counts[subject.operation]
            got.logins = world.counts["token"]
            got.effects = count_effects(world, subject) - before
            got.fired = sum(emulator.faults.fired(one) for one in ids)
            emulator.faults.clear()
            try:
                with anyio.fail_after(FOREVER):
                    await FOLLOW_UP[world.provider](client.raw)
            except Exception as error:
                got.left.append(f"the next call fails: {type(error).__name__}: {error}")
        finally:
            emulator.faults.clear()
            await client.aclose()
        got.log = lines.lines
    if extra := asyncio.all_tasks() - tasks:
        await asyncio.sleep(0.001)
        extra = {task for task in extra if not task.done()}
        got.left += [f"a task is left: {task.get_coro()}" for task in extra]
    return got


def count_effects(world: World, subject: Subject) -> int:
    """How many things of the row's kind exist."""
    if subject.row.effect is None:
        return 0
    return len(world.emulator.effects(cloud=world.provider, kind=subject.row.effect))


def judged(
    subject: Subject, expected: Expectation, call: Call, *, limit: float = TOTAL + SLACK
) -> Iterator[tuple[str, str]]:
    """Compare what happened with what is promised: pairs of kind and detail, one for each broken promise."""
    error = call.error
    said = "value" if error is None else f"{type(error).__name__}: {error}"[:300]
    yield from _judged_outcome(expected, error, said)
    yield from _judged_numbers(subject, expected, call, said)
    if call.seconds > limit:
        yield "deadline", f"{call.seconds:.0f} s for a limit of {limit:.0f} s; {said}"
    if call.seconds < expected.seconds:
        yield "too early", f"{call.seconds:.2f} s, expected at least {expected.seconds:g} s"
    if error is not None:
        yield from (("leak", place) for place in leaks.in_error(error))
    yield from (("leak", f"log line {line[:200]}") for line in call.log if leaks.CANARY in line)
    yield from ((left.partition(":")[0], left) for left in call.left)


def _judged_outcome(expected: Expectation, error: BaseException | None, said: str) -> Iterator[tuple[str, str]]:
    if error is not None and not isinstance(error, errors.AnyQPUError):
        yield f"raw {type(error).__name__}", f"{said} ({_where(error)})"
    elif not _is_one_of(error, expected.outcomes):
        yield f"{type(error).__name__ if error else 'value'} for {' or '.join(expected.outcomes)}", said
    if isinstance(error, CONNECTION_DETAILS) and (error.provider is None or error.operation is None):
        yield "no provider or operation in the error", said


def _judged_numbers(subject: Subject, expected: Expectation, call: Call, said: str) -> Iterator[tuple[str, str]]:
    if not expected.least <= call.requests <= expected.most:
        yield "requests", f"{call.requests} for {expected.text!r}; {said}"
    if expected.logins is not None and call.logins != expected.logins and not call.without_login:
        yield "logins", f"{call.logins} for {expected.text!r}; {said}"
    if subject.row.effect is None:
        return
    wanted = (1,) if call.error is None else (0, 1)
    if expected.effect is not None:
        wanted = (expected.effect,)
    if call.effects not in wanted:
        yield "effect", f"{call.effects} {subject.row.effect}(s), expected {' or '.join(map(str, wanted))}; {said}"


def _is_one_of(error: BaseException | None, outcomes: Sequence[str]) -> bool:
    if error is None:
        return "value" in outcomes
    kinds: list[Any] = [getattr(errors, name) for name in outcomes if name != "value"]
    return any(isinstance(error, kind) for kind in kinds)


def _where(error: BaseException) -> str:
    """File and line of the last frame in the project."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "/anyqpu" in name and "/tests/" not in name:
            place = f"{name.rpartition('/src/')[2].rpartition('/generated/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
