"""Execute programs over ZeroMQ: translated and engaged over HTTP, sent to an execution endpoint. The extra `rigetti`.

Another way of execution has the same methods: `prepare`, `poll`, `result`, `resume` and `close`.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anyio
import anyio.to_thread

from anyqpu.core.adapter import Prepared, Submission
from anyqpu.core.arguments import checked_several, is_text, shown
from anyqpu.core.memory import Memory
from anyqpu.core.results.forms import decode
from anyqpu.core.submit_timeout import time_to_prepare
from anyqpu.core.values import count, finite, seconds
from anyqpu.errors import (
    APIError,
    AuthenticationError,
    NotFoundError,
    ReadTimeoutError,
    UnexpectedResponseError,
    UnsupportedOperationError,
    ValidationError,
)
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.program import ProgramFormat
from anyqpu.model.result import Result
from anyqpu.model.status import FailureKind
from anyqpu.providers.rigetti import results, rpc, states
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.providers.rigetti.capabilities import EXTRA, extra_is_installed
from anyqpu.transport import exchange, zeromq

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core.context import Context
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.program import Program
    from anyqpu.providers.rigetti.adapter import PatchValues, SubmitOptions
    from anyqpu.providers.rigetti.records import Endpoint, Engagement, Translation
    from anyqpu.providers.rigetti.resources.engagements import Engagements
    from anyqpu.providers.rigetti.resources.processors import Processors

T = TypeVar("T")
Connection = zeromq.Connection[rpc.Response]
ReadableResponse = rpc.RpcResult | rpc.RpcError

EXECUTE = "execute_qpu_request"
# Seconds in which an endpoint has to accept a program; after that the outcome is unknown.
ACCEPT_SECONDS = 60.0
# Seconds to engage in, at least: with less than that, the submit's own timeout ends it.
LEAST_SECONDS = 0.001
# An endpoint does not say how far a job is; it responds when the job is done. A quick poll allows one intercontinental
# round trip; a long poll keeps the connection until there is a response, and begins again now and then.
QUICK_POLL_S = 0.5
LONG_POLL_S = 600.0


class ZeroMQExecution:
    """Jobs on execution endpoints. Connections are shared by the calls that use them at the time."""

    def __init__(
        self, context: Context[RawClient], processors: Processors, engagements: Engagements, jobs: Memory[Job]
    ) -> None:
        """`jobs` are the jobs that the client can find by their identifiers."""
        self._context = context
        self._processors = processors
        self._engagements = engagements
        self._jobs = jobs
        self._connections = zeromq.Connections[rpc.Response](PROVIDER, rpc.read)
        self._is_loaded = False

    async def load(self) -> None:
        """Load the packages of the extra; raise `UnsupportedOperationError` if one is not installed."""
        if not extra_is_installed():
            raise UnsupportedOperationError(
                "executing programs at Rigetti needs the packages pyzmq and msgpack", provider=PROVIDER, hint=EXTRA
            )
        if not self._is_loaded:
            await anyio.to_thread.run_sync(zeromq.load)
            self._is_loaded = True

    # Submitting

    async def prepare(
        self, submission: Submission, program: Program, device: Device, options: SubmitOptions
    ) -> Prepared:
        """Translate a program and engage for it, waiting while the endpoint is busy."""
        shots = cast("int", submission.shots)
        translation = await self._processors.translate(program, device=device, shots=shots)
        request = rpc.execution(
            translation.program, _memory(cast("PatchValues", options.patch_values or {}), translation)
        )
        engage = partial(self._engage, device.id, options.endpoint)
        left = time_to_prepare()
        engagement = await engage(timeout=None if left is None else max(left, LEAST_SECONDS))
        limit = ACCEPT_SECONDS if submission.timeout is None else math.inf

        async def send() -> Job:
            # Until the program itself is sent, whatever fails leaves nothing behind.
            exchange.mark(may_have_arrived=False)
            execute = partial(_execute, request, limit)
            reply, used = await self._call(engagement, engage, execute)
            if isinstance(reply, rpc.RpcError):
                raise APIError(
                    f"the endpoint refused the program: {reply.message}", provider=PROVIDER, operation=EXECUTE
                )
            return self._accepted(reply.result, submission, translation, used)

        hint = f"Rigetti has no field for a key, and no list of jobs; its support can find the request {request['id']}"
        # Without a timeout of the caller's, the endpoint has its own, and may turn out to be busy for any time.
        return Prepared(send=send, hint=hint, timeout=submission.timeout or math.inf)

    def _accepted(self, id: str, submission: Submission, translation: Translation, engagement: Engagement) -> Job:
        job = Job(
            provider=PROVIDER,
            id=id,
            name=submission.name,
            device_id=translation.device_id,
            status=states.JOB[states.ACCEPTED],
            raw_status=states.ACCEPTED,
            shots=translation.shots,
            created_at=self._context.clock.wall(),
            tags=tuple(submission.tags),
            dedup_key=submission.key,
            input_format=ProgramFormat.QUIL.value,
            decode={
                "device": translation.device_id,
                "endpoint": engagement.endpoint_id,
                "shots": translation.shots,
                "ro_sources": [list(pair) for pair in translation.ro_sources],
            },
            _actions=self._context.jobs,
        )
        return self._jobs.put(id, job)

    # Jobs

    async def poll(self, job: Job, *, is_quick: bool) -> Job:
        """Return a job as it is now: done if the endpoint returns its results in time, and executing otherwise.

        A quick poll raises `WaitTimeoutError` where the endpoint is busy for longer than a call may take; another one
        waits for as long as the endpoint is busy.
        """
        await self.load()
        if job.status.is_terminal:
            return job
        limit = QUICK_POLL_S if is_quick or job.raw_status != states.EXECUTING else LONG_POLL_S
        engage_within = self._context.transport.timeouts.total if is_quick else None
        endpoint: str | None = job.decode.get("endpoint")

        async def engage() -> Engagement:
            try:
                return await self._engage(job.device_id, endpoint, timeout=engage_within)
            except NotFoundError as error:
                raise _gone(job, f"endpoint {endpoint} is gone: {error.message}") from error

        reply, _ = await self._call(await engage(), engage, partial(_fetch_results, job.id, limit))
        match reply:
            case None:
                word = states.EXECUTING
                return replace(job, raw_status=word, status=states.JOB[word], _actions=self._context.jobs)
            case rpc.RpcError() if reply.no_such_job:
                self._jobs.discard(lambda other: other.id == job.id)
                raise _gone(job, f"its endpoint does not know it any more: {reply.message}")
            case rpc.RpcError():
                failure = JobFailure(FailureKind.PROVIDER_ERROR, (reply.message,))
                return self._ended(job, states.FAILED, status_message=reply.message, failure=failure)
            case rpc.RpcResult():
                took = finite(_fields(reply.result).get("execution_duration_microseconds"))
                time = None if took is None else seconds(took / 1e6)
                return self._ended(job, states.EXECUTED, execution_time=time, raw=reply.result)

    def _ended(self, job: Job, word: str, **details: Any) -> Job:
        return replace(
            job,
            raw_status=word,
            status=states.JOB[word],
            ended_at=self._context.clock.wall(),
            _actions=self._context.jobs,
            **details,
        )

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for, as it is now."""
        current = await self.poll(job := self.attach(handle), is_quick=True)
        self._jobs.put(job.id, job)
        return current

    def attach(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for, as far as the handle describes it."""
        facts = handle.decode
        device, endpoint = (facts.get(name) for name in ("device", "endpoint"))
        if not (is_text(device) and is_text(endpoint) and is_text(handle.id)) or results.sources(facts) is None:
            raise ValidationError(
                "the handle does not say where its job is",
                provider=PROVIDER,
                fields=("handle",),
                hint="Give the whole handle, with what follows the '?'",
            )
        return Job(
            provider=PROVIDER,
            id=handle.id,
            device_id=device,
            status=states.JOB[states.ACCEPTED],
            raw_status=states.ACCEPTED,
            shots=count(facts.get("shots")),
            created_at=handle.created_at,
            dedup_key=handle.dedup_key,
            input_format=ProgramFormat.QUIL.value,
            decode=dict(facts),
            _actions=self._context.jobs,
        )

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job, which came with the response that says so."""
        body: object = job.raw
        read = partial(results.decode_reply, body, results.sources(job.decode), job.shots)
        item = await decode(
            PROVIDER, "the result", read, body=body, shots=job.shots, details={"operation": results.OPERATION}
        )
        return Result(job_id=job.id, provider=PROVIDER, items=(item,), execution_time=job.execution_time, raw=body)

    # Connections

    def close(self) -> None:
        """Close the connections; calls that wait on one raise `ClientStateError`."""
        self._connections.close()

    async def _engage(
        self, device: str | None, endpoint: str | Endpoint | None, *, timeout: float | None = None
    ) -> Engagement:
        engagement = await self._engagements.engage(device, endpoint=endpoint, timeout=timeout)
        if not engagement.address.startswith("tcp://"):
            raise UnexpectedResponseError(
                f"the engagement's address is not a tcp:// address: {shown(engagement.address)}",
                provider=PROVIDER,
                operation="CreateEngagement",
            )
        return engagement

    async def _call(
        self,
        engagement: Engagement,
        engage: Callable[[], Awaitable[Engagement]],
        ask: Callable[[Connection, Engagement], Awaitable[T]],
    ) -> tuple[T, Engagement]:
        """Return a reply and the engagement that it came over; an engagement that is over is replaced, once.

        An engagement is over when its keys are refused, or the reply says so; in both cases nothing was done.
        """
        for is_last in (False, True):
            try:
                connection = await self._connections.acquire(engagement.address, engagement.credentials)
            except AuthenticationError:
                self._engagements.forget(engagement)
                if is_last:
                    raise
            else:
                try:
                    reply = await ask(connection, engagement)
                finally:
                    self._connections.release(connection)
                if not (isinstance(reply, rpc.RpcError) and reply.expired):
                    return reply, engagement
                self._engagements.forget(engagement)
                if is_last:
                    return reply, engagement
            # The request for another engagement is not the submit.
            with exchange.watch_sending(exchange.Sending()):
                engagement = await engage()
        raise AssertionError  # the second round returns or raises


async def _execute(
    request: dict[str, Any], limit: float, connection: Connection, engagement: Engagement
) -> ReadableResponse:
    """Send a program, once; return the reply, whose result is the job's identifier."""
    id, content = rpc.request(EXECUTE, request=request, priority=engagement.min_priority or 1, user=None)
    guard = await exchange.begin_sending()
    if guard is not None:
        # libzmq has a thread of its own that writes: this is the last moment.
        guard.check()
    exchange.mark(may_have_arrived=True)
    with anyio.move_on_after(limit):
        reply = _readable(await connection.ask(id, content), EXECUTE)
        if isinstance(reply, rpc.RpcError):
            # Refused, so that nothing was executed.
            exchange.mark(may_have_arrived=False)
        elif not (isinstance(reply.result, str) and reply.result):
            raise UnexpectedResponseError(
                "the endpoint accepted the program without an identifier", provider=PROVIDER, operation=EXECUTE
            )
        return reply
    raise ReadTimeoutError(f"no response within {limit:g} s", provider=PROVIDER, operation=EXECUTE)


async def _fetch_results(
    id: str, limit: float, connection: Connection, _engagement: Engagement
) -> ReadableResponse | None:
    """Return the reply with the results of a job; None if there is no reply in time."""
    with anyio.move_on_after(limit):
        reply = _readable(await connection.ask(*rpc.request(results.OPERATION, job_id=id)), results.OPERATION)
        if isinstance(reply, rpc.RpcError) and reply.no_such_method:
            # An older endpoint, which does not say how long the execution took.
            request = rpc.request("get_buffers", job_id=id, wait=True)
            reply = _readable(await connection.ask(*request), "get_buffers")
            if isinstance(reply, rpc.RpcResult):
                reply = rpc.RpcResult({"buffers": reply.result})
        return reply
    return None


def _readable(response: rpc.Response, operation: str) -> ReadableResponse:
    if isinstance(response, rpc.Garbled):
        raise rpc.odd_message(response.problem, operation)
    return response


def _gone(job: Job, reason: str) -> NotFoundError:
    return NotFoundError(
        f"job {job.id} cannot be resumed: {reason}",
        provider=PROVIDER,
        hint="Rigetti keeps results for a while and only where the program was executed: submit it again",
    )


def _memory(values: PatchValues, translation: Translation) -> dict[str, list[float]]:
    """Return all memory that a program reads, filled with values; raise `ValidationError` for those that do not fit."""
    memory = {name: [0.0] * length for name, length in translation.memory.items()}
    for name, patch in values.items():
        if name not in memory:
            names = ", ".join(sorted(memory)) or "none"
            raise _invalid_patch(f"the program has no memory {shown(name)} to fill; it has {names}")
        is_single = isinstance(patch, int | float)
        numbers: list[Any] = [patch] if is_single else checked_several(patch, "patch_values", PROVIDER)
        if len(numbers) != len(memory[name]):
            raise _invalid_patch(f"{name} takes {len(memory[name])} numbers, not {len(numbers)}")
        if any(finite(number) is None for number in numbers):
            raise _invalid_patch(f"{name} takes finite numbers, not {shown(numbers)}")
        memory[name] = [float(number) for number in numbers]
    return memory


def _invalid_patch(message: str) -> ValidationError:
    return ValidationError(message, provider=PROVIDER, fields=("patch_values",))


def _fields(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
