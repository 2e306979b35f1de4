"""Odd handles: parsed, written again, and resumed up to the first request."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import anyqpu
from anyqpu import JobHandle
from anyqpu.errors import AnyQPUError, NotFoundError
from tests.fuzz import corpus, edits, odd, texts
from tests.fuzz.config import nowhere
from tests.fuzz.findings import Case, Finding, finding_of
from tests.fuzz.judge import UnsafeError, check_error, check_traceback, check_value

PART = "handles"
ID = "5904a9f2-f43b-453d-9d08-beedcdb93e54"
DECODE = {"device": "Aspen-9", "endpoint": "aspen-9-default", "shots": 20, "ro_sources": [["ro[0]", "q0"]]}
WHOLE = [
    JobHandle("kipu", ID),
    JobHandle("kipu", ID, profile="work", session_id="s"),
    JobHandle("scaleway", ID, "process"),
    JobHandle("pasqal", ID, "batch", created_at=datetime(2026, 1, 1, tzinfo=UTC)),
    JobHandle("pasqal", ID, "workload", dedup_key="k"),
    JobHandle("rigetti", ID, decode=DECODE),
    JobHandle(
        "scaleway", ID, dedup_key="k", account={"project_id": ID}, base_url="https://api.scaleway.example/qaas/v1alpha1"
    ),
]
TEXTS = [str(item) for item in WHOLE] + [item.to_json() for item in WHOLE]
FIELDS = ("provider", "id", "kind", "session_id", "profile", "created_at", "dedup_key", "account", "base_url", "decode")


def _echoes(changes: list[Any]) -> bool:
    return "echoed credential" in json.dumps(changes)


async def cases(chance: random.Random, count: int) -> AsyncIterator[Case]:
    """So many cases: of a text, edits of it; of JSON, edits of its fields; or fields of a handle made in code."""
    # Half a character stands in no handle, and the caller does not put a credential into one.
    odd_texts = [name for name, value in odd.ODD.items() if isinstance(value, str) and not value.startswith("@@")]
    odd_texts = [name for name in odd_texts if name not in ("surrogate", "empty text", "echoed credential")]
    for _ in range(count):
        kind = chance.random()
        if kind < 0.4:
            changes = [texts.choose(chance, lines=False) for _ in range(chance.choice((1, 1, 2, 3)))]
            if _echoes(changes):
                continue
            yield [PART, "text", chance.randrange(len(TEXTS)), changes]
        elif kind < 0.7:
            places = [(name,) for name in FIELDS] + [("decode", name) for name in DECODE] + [()]
            made = [edits.choose(chance, 0, places).to_json() for _ in range(chance.choice((1, 1, 2)))]
            if _echoes(made):
                continue
            yield [PART, "json", chance.randrange(len(WHOLE)), made]
        else:
            made = [[chance.choice(("id", "profile", "session_id", "dedup_key", "kind")), chance.choice(odd_texts)]]
            yield [PART, "made", chance.randrange(len(WHOLE)), made]


def text_of(case: Case) -> str | JobHandle:
    """The handle that a case is about."""
    _, kind, number, changes = case
    if kind == "text":
        return texts.edited(TEXTS[number], changes).decode("utf-8", "surrogatepass" if _is_text(changes) else "replace")
    if kind == "json":
        content = edits.edited(
            TEXTS[number + len(WHOLE)].encode(), [edits.Edit.from_json(change) for change in changes]
        )
        return content.decode("utf-8", "replace")
    whole = WHOLE[number]
    fields: dict[str, Any] = {name: getattr(whole, name) for name in FIELDS} | {
        name: odd.ODD[value] for name, value in changes
    }
    return JobHandle(**fields)


def _is_text(changes: list[Any]) -> bool:
    return all(change[0] != "content" for change in changes)


async def run_case(case: Case, *, deep: bool) -> Finding | None:
    """Run one case; None if it ends as promised."""
    try:
        source = text_of(case)
        try:
            handle = JobHandle.parse(source) if isinstance(source, str) else source
            _round_trip(handle)
            check_value(handle)
        except AnyQPUError as error:
            _check(error, deep)
            if isinstance(source, JobHandle):
                # It can be made and not written: what a program has stored would be lost.
                raise UnsafeError("a handle that cannot be written", error) from error
        await _resume(source, deep)
    except BaseException as error:
        return finding_of(error, case)
    return None


def _check(error: AnyQPUError, deep: bool) -> None:
    check_error(error, signatures=False)
    if deep:
        check_traceback(error)


def _round_trip(handle: JobHandle) -> None:
    for text in (str(handle), handle.to_json()):
        again = JobHandle.parse(text)
        same = again == handle and dict(again.decode) == dict(handle.decode)
        if not same or (again.profile or "") != (handle.profile or ""):
            raise UnsafeError("a handle that comes back as another one")
    json.loads(handle.to_json())


async def _resume(source: str | JobHandle, deep: bool) -> None:
    for provider in ("kipu", "scaleway", "pasqal", "rigetti"):
        text = source if isinstance(source, str) else str(source)
        if provider in text:
            try:
                # No variable here may hold a credential, or the traceback would show it.
                job = await anyqpu.resume(source, profile=None, **_options(provider))
                raise UnsafeError(f"a job {job.status} out of nothing")
            except NotFoundError as error:
                _check(error, deep)
            except TypeError as error:
                if " takes no " not in str(error):  # a changed provider does not know the other one's credentials
                    raise
            except AnyQPUError as error:
                _check(error, deep)
            return


def _options(provider: str) -> dict[str, Any]:
    return {
        "transport": nowhere(),
        "emulator": corpus.HOST,
        "retry": anyqpu.RetryPolicy(attempts=1),
        **corpus.CREDENTIALS[provider],
    }
