"""Errors by class, with what each carries; settings of clients; hooks."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never, assert_type

import anyqpu
from anyqpu import errors
from anyqpu.transport.hooks import RequestEvent, ResponseEvent, RetryEvent, StateEvent


async def submitted(client: anyqpu.Client, program: anyqpu.Program, device: str) -> anyqpu.Job | str:
    """Submit within a budget, and say what went wrong."""
    budget = anyqpu.Money(5, "EUR")
    try:
        return await client.submit(program, device=device, shots=10, max_cost=budget)
    except errors.BudgetExceededError as error:
        return str(error)
    except errors.SubmissionUnknownError as error:
        assert_type(error.dedup_key, str)
        assert_type(error.since, datetime | None)
        return error.dedup_key
    except errors.RateLimitedError as error:
        assert_type(error.retry_after, float | None)
        return f"later: {error.retry_after}"
    except (errors.ValidationError, errors.NotFoundError) as error:
        assert_type(error, errors.ValidationError | errors.NotFoundError)
        return error.message
    except errors.AnyQPUError as error:
        assert_type(error.provider, str | None)
        assert_type(error.status_code, int | None)
        assert_type(error.hint, str | None)
        assert_type(error.retryable, bool)
        return error.hint or error.message


async def outcome(job: anyqpu.Job) -> anyqpu.Counts | str:
    """Match an error by its class."""
    try:
        return (await job.result(timeout=60)).counts
    except errors.AnyQPUError as error:
        match error:
            case errors.WaitTimeoutError(last_status=status):
                assert_type(status, str | None)
                return f"still {status}"
            case errors.JobFailedError() | errors.JobCancelledError() | errors.JobTimedOutError():
                assert_type(error.job_status, str | None)
                return error.message
            case errors.ResultError():
                return "no result"
            case _:
                raise


def color(status: anyqpu.DeviceStatus) -> str:
    """Handle every status, as checkers verify."""
    match status:
        case anyqpu.DeviceStatus.ONLINE | anyqpu.DeviceStatus.LIMITED:
            return "green"
        case anyqpu.DeviceStatus.PAUSED | anyqpu.DeviceStatus.MAINTENANCE:
            return "yellow"
        case anyqpu.DeviceStatus.OFFLINE | anyqpu.DeviceStatus.RETIRED | anyqpu.DeviceStatus.UNKNOWN:
            return "red"
        case _:
            assert_never(status)


class Metrics(anyqpu.Hooks):
    """Count what a client does."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.lines: list[str] = []

    def on_request(self, event: RequestEvent) -> None:
        """Note the operation."""
        self.lines.append(f"{event.provider} {event.operation} {event.method}")

    def on_response(self, event: ResponseEvent) -> None:
        """Add the duration."""
        self.seconds += event.seconds
        assert_type(event.status_code, int | None)

    def on_retry(self, event: RetryEvent) -> None:
        """Note the reason."""
        self.lines.append(f"again in {event.delay} s: {event.error}")

    def on_state(self, event: StateEvent) -> None:
        """Note the status."""
        self.lines.append(f"{event.id} {event.status}")


def configured(name: str, token: str) -> anyqpu.Client:
    """Make a client with settings of all kinds."""
    return anyqpu.connect(
        name,
        token=token,
        retry=anyqpu.RetryPolicy(attempts=2),
        timeout=anyqpu.Timeouts(connect=3),
        limits=anyqpu.Limits(keep_alive=False),
        poll=anyqpu.PollPolicy(floor=5),
        hooks=Metrics(),
        emulator="http://127.0.0.1:8787",
    )
