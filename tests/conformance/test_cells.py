"""A sample of the conformance run, and proof that the run sees what breaks a promise.

`make test-faults` runs all cells.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import pytest

import anyqpu.transport.client as transport
from anyqpu import errors
from tests.conformance import report, rows, running
from tests.conformance.running import Pair

FAULTS = rows.faults()
MOST = 4
"""Places of a response that get an odd value in a sample."""


def test_a_sample_of_all_cells(record_property: Any, request: pytest.FixtureRequest) -> None:
    """Each operation, each public method and each fault at least once; another sample with each seed."""
    seed = getattr(request.config.option, "randomly_seed", None)
    seed = seed if isinstance(seed, int) else random.SystemRandom().getrandbits(32)
    print(f"python -m tests.conformance --sample --seed {seed}")
    chosen = running.sample(running.pairs(running.subjects(), FAULTS.values()), seed)
    assert {name for name, _ in chosen} == set(running.subjects())
    assert {fault for _, fault in chosen} == set(FAULTS)
    outcome = running.run(chosen, seed=seed, most=MOST)
    assert not outcome.violations, report.text(outcome, outcome.seconds)


# Controls: a client with one bug, and what the run says of it.


def kinds(*chosen: Pair) -> set[str]:
    """The kinds of violations in cells."""
    return {violation.kind.partition(" for ")[0] for violation in running.run(chosen, most=MOST).violations}


@contextmanager
def planted(module: Any, name: str, bug: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, bug)
        yield


def test_a_client_without_bugs_is_as_promised() -> None:
    """Those that the controls below use."""
    cells = [("kipu:createJob", "dropped after, once"), ("kipu:getJob", "503 for ever"), ("kipu:submit()", "503 once")]
    assert kinds(*cells) == set()


def test_a_post_that_is_sent_again_is_seen() -> None:
    """The job exists twice, after two requests, and the outcome is a value in place of an error."""
    from anyqpu.transport import retry

    with planted(retry, "is_worth_retrying", lambda error, idempotent: True):
        assert {"requests", "effect", "value"} <= kinds(("kipu:createJob", "dropped after, once"))


def test_a_read_that_gives_up_early_is_seen() -> None:
    from anyqpu.transport import retry

    with planted(retry, "is_worth_retrying", lambda error, idempotent: False):
        assert "requests" in kinds(("kipu:getJob", "503 for ever"))


def test_an_exception_outside_the_tree_is_seen() -> None:
    def broken(*args: Any, **options: Any) -> Any:
        raise TypeError("a bug")

    with planted(transport, "error_of", broken):
        assert "raw TypeError" in kinds(("kipu:getJob", "503 for ever"))


def test_a_secret_in_a_message_is_seen() -> None:
    def leaking(self: errors.AnyQPUError) -> str:
        return f"{self.message} with the token canary-kipu-3f0c9d"

    with planted(errors.AnyQPUError, "__str__", leaking):
        assert "leak" in kinds(("kipu:getJob", "503 for ever"))


def test_a_call_beyond_its_limit_is_seen() -> None:
    """A client that waits for a response as long as the server likes."""

    def unlimited(seconds: float | None) -> Any:
        return anyio.CancelScope()

    with planted(transport, "time_limit_here", lambda: unlimited):
        assert "deadline" in kinds(("kipu:getJob", "an hour late"))


def test_a_search_that_is_left_out_is_seen() -> None:
    """A submit whose response is lost has to be found by its key."""
    from anyqpu.core import submit

    async def nothing(*args: Any, **options: Any) -> None:
        return None

    with planted(submit, "_searched", nothing):
        assert "SubmissionUnknownError" in kinds(("kipu:submit()", "dropped after, once"))
