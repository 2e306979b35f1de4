"""Programs on a processor: translated and engaged over HTTP, executed over ZeroMQ. The extra `rigetti`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, NoReturn, TypeVar, cast

import anyio
import anyio.to_thread

from anyqpu.core.arguments import checked_object, checked_several, checked_text, checked_texts, is_text, shown
from anyqpu.core.checks import check_timeout, checked_shots
from anyqpu.core.programs.inputs import no_parameters, one_program
from anyqpu.core.results.forms import decode
from anyqpu.core.submit import submit_once, within_timeout
from anyqpu.core.values import count, finite, seconds
from anyqpu.errors import (
    APIError,
    AuthenticationError,
    NotFoundError,
    UnexpectedResponseError,
    UnsupportedOperationError,
    ValidationError,
)
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.model.result import Result
from anyqpu.model.status import FailureKind
from anyqpu.providers.rigetti import mapping, results, rpc, states
from anyqpu.providers.rigetti.capabilities import EXTRA, extra_is_installed
from anyqpu.providers.rigetti.endpoints import RigettiEndpoints, endpoint_id
from anyqpu.providers.rigetti.records import Endpoint, Engagement, Translation
from anyqpu.transport import exchange, zeromq

EXECUTE = "execute_qpu_request"
# Seconds for an endpoint to accept a program, or else the answer counts as lost.
ANSWER_SECONDS = 60.0
# An endpoint does not tell how far a job is; it answers when that is done. So a look that shall not wait gives it a
# moment, the time of a way around the world and back; and one that may wait keeps the connection until there is an
# answer, or begins anew now and then.
QUICK_POLL_S = 0.5
LONG_POLL_S = 600.0
# Jobs that are remembered, so that `job` finds them.
MOST_JOBS = 10_000
A = TypeVar("A")

PatchValues = Mapping[str, float | Sequence[float]]


class RigettiExecution(RigettiEndpoints):
    """The part of the client that deals with jobs."""

    _connections: zeromq.Connections[rpc.Answer]
    _jobs: OrderedDict[str, Job]

    @within_timeout
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource],
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: None = None,
        timeout: float | None = None,
        patch_values: PatchValues | None = None,
        endpoint: str | Endpoint | None = None,
        parameters: None = None,
    ) -> Job:
        """Execute a program; returns when the processor's endpoint has accepted it. It is sent once.

        It is translated (TranslateNativeQuilToEncryptedBinary), engaged for (CreateEngagement), and sent over ZeroMQ
        (`execute_qpu_request`), which takes the extra `rigetti`.

        Args:
            program: Native Quil, as text, the path of a file, or an object of pyQuil. One in each job.
            device: The processor.
            shots: How often to run it.
            name: For your own use; Rigetti keeps neither this nor `tags`, the job does.
            tags: For your own use.
            session: Rigetti has none; time is set aside with `reserve`.
            timeout: Seconds for the whole call, including the wait for an endpoint that is busy. Without it the
                endpoint has a minute to accept the program, and may be busy for as long as it takes.
            patch_values: Numbers for the program's memory, by region, such as `{"theta": [0.5]}`. What is not given
                is 0.
            endpoint: The endpoint, in place of the processor's default one.
            parameters: Quil has none; `patch_values` fills the program's memory.

        Raises:
            UnsupportedOperationError: The extra is not installed.
            ValidationError: Something is not acceptable; nothing was executed.
            NotFoundError: There is no such processor or endpoint.
            WaitTimeoutError: The endpoint stayed busy; nothing was executed.
            AuthenticationError: The endpoint does not have the key that the engagement says, or does not accept ours.
            ConnectError: The endpoint cannot be reached.
            SubmissionUnknownError: The connection was lost before there was an answer.
        """
        await self._ready()
        check_timeout(timeout, self.provider)
        program = one_program(program, self.provider, hint="Submit them one by one")
        no_parameters(parameters, self.provider, hint="Give numbers for its memory as patch_values={'theta': [0.3]}")
        if session is not None:
            self._unsupported("sessions")
        own_tags = checked_texts(tags, "tags", self.provider)
        if name is not None:
            checked_text(name, "name", "my job", self.provider)
        self._id(device)
        if shots is not None:
            checked_shots(shots, self.provider)
        if endpoint is not None:
            endpoint_id(endpoint)
        if patch_values is not None and not isinstance(patch_values, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise _patch(f"patch_values are numbers by region of memory, not {shown(patch_values)}")
        program = await load_program(program)
        target = await self._target(device)
        translation = await self.translate(program, device=target, shots=cast("int", shots))
        values = _memory(patch_values or {}, translation)
        body = rpc.execution(translation.program, values)

        async def engage() -> Engagement:
            return await self.engage(target, endpoint=endpoint, timeout=timeout)

        async def execute(connection: zeromq.Connection[rpc.Answer], grant: Engagement) -> rpc.RpcResult | rpc.RpcError:
            id, content = rpc.request(EXECUTE, request=body, priority=grant.min_priority or 1, user=None)

            async def send() -> rpc.RpcResult | rpc.RpcError:
                exchange.mark(may_have_arrived=True)
                answer = _readable(await connection.ask(id, content), EXECUTE)
                if isinstance(answer, rpc.RpcResult) and not (isinstance(answer.result, str) and answer.result):
                    raise UnexpectedResponseError(
                        "the endpoint accepted the program, and did not say under which id",
                        provider=self.provider,
                        operation=EXECUTE,
                    )
                return answer

            return await submit_once(
                send,
                None,
                key=body["id"],
                provider=self.provider,
                timeout=timeout or ANSWER_SECONDS,
            )

        answer, grant = await self._asked(engage, execute)
        if isinstance(answer, rpc.RpcError):
            raise APIError(
                f"the endpoint refused the program: {answer.message}", provider=self.provider, operation=EXECUTE
            )
        return self._remembered(
            Job(
                provider=self.provider,
                id=answer.result,
                name=name,
                device_id=target.id,
                status=states.JOB[states.ACCEPTED],
                raw_status=states.ACCEPTED,
                shots=translation.shots,
                created_at=datetime.now(UTC),
                tags=tuple(own_tags),
                input_format=mapping.FORMAT,
                decode={
                    "device": target.id,
                    "endpoint": grant.endpoint_id,
                    "shots": translation.shots,
                    "ro_sources": [list(pair) for pair in translation.ro_sources],
                },
                _actions=self,
            )
        )

    async def job(self, id: str) -> Job:
        """A job that this client submitted or resumed, by its identifier (CreateEngagement, then over ZeroMQ).

        Raises:
            NotFoundError: It is none of those. Rigetti keeps no list of jobs; a handle says where one is.
        """
        await self._ready()
        if not isinstance(id, str) or id not in self._jobs:  # pyright: ignore[reportUnnecessaryIsInstance]
            checked_text(id, "id", "a7f0c2", self.provider)
            raise NotFoundError(
                f"this client has no job {shown(id)}",
                provider=self.provider,
                hint="Rigetti keeps no list of jobs: pick it up with resume(handle), where handle is str(job.handle)",
            )
        return await self.refresh_job(self._jobs[id])

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now: done if the endpoint gives its results within a moment."""
        await self._ready()
        checked_object(job, Job, "job", self.provider, hint="resume(handle) returns a job")
        return await self._look(job, QUICK_POLL_S, self._transport.timeouts.total)

    async def _poll_job(self, job: Job) -> Job:
        return await self._look(job, LONG_POLL_S if job.raw_status == states.EXECUTING else QUICK_POLL_S)

    def jobs(self, *arguments: Any, **options: Any) -> NoReturn:
        """Rigetti keeps no list of jobs: raises `UnsupportedOperationError`, with no request."""
        self._unsupported("job_listing")

    async def cancel_job(self, job: Job) -> Job:
        """An execution cannot be cancelled: raises `UnsupportedOperationError`, with no request."""
        self._unsupported("cancel")

    async def _resume(self, handle: JobHandle) -> Job:
        await self._ready()
        if handle.kind != "job":
            raise ValidationError(f"invalid handle: Rigetti has no kind {shown(handle.kind)}", fields=("handle",))
        if handle.id in self._jobs:
            return await self.job(handle.id)
        facts = handle.decode
        device, endpoint = (facts.get(name) for name in ("device", "endpoint"))
        placed = is_text(device) and is_text(endpoint) and is_text(handle.id)
        if not placed or _sources(facts) is None:
            raise ValidationError(
                "the handle does not say where its job is",
                provider=self.provider,
                fields=("handle",),
                hint="Give it whole, with what follows the '?'",
            )
        job = Job(
            provider=self.provider,
            id=handle.id,
            device_id=device,
            status=states.JOB[states.ACCEPTED],
            raw_status=states.ACCEPTED,
            shots=count(facts.get("shots")),
            created_at=handle.created_at,
            input_format=mapping.FORMAT,
            decode=dict(facts),
            _actions=self,
        )
        seen = await self._look(job, QUICK_POLL_S, self._transport.timeouts.total)
        self._remembered(job)
        return seen

    async def _look(self, job: Job, patience: float, engage_within: float | None = None) -> Job:
        """Return the job, with its results if the endpoint sends them in time.

        Args:
            job: As it was.
            patience: Seconds to wait for the results.
            engage_within: Seconds to wait for an endpoint that is busy; None: as long as the wait that polls goes on.

        Raises:
            WaitTimeoutError: The endpoint was busy for all of `engage_within`.
        """
        if job.status.is_terminal:
            return job
        endpoint = job.decode.get("endpoint")

        async def engage() -> Engagement:
            try:
                return await self.engage(job.device_id, endpoint=endpoint, timeout=engage_within)
            except NotFoundError as error:
                raise self._gone(job, f"endpoint {endpoint} is gone: {error.message}") from error

        async def ask(
            connection: zeromq.Connection[rpc.Answer], _grant: Engagement
        ) -> rpc.RpcResult | rpc.RpcError | None:
            with anyio.move_on_after(patience):
                asked = rpc.request(results.OPERATION, job_id=job.id)
                answer = _readable(await connection.ask(*asked), results.OPERATION)
                if isinstance(answer, rpc.RpcError) and answer.no_such_method:
                    # An older endpoint, which does not say how long it took.
                    asked = rpc.request("get_buffers", job_id=job.id, wait=True)
                    answer = _readable(await connection.ask(*asked), "get_buffers")
                    if isinstance(answer, rpc.RpcResult):
                        answer = rpc.RpcResult({"buffers": answer.result})
                return answer
            return None

        answer, _ = await self._asked(engage, ask)
        match answer:
            case None:
                seen = replace(job, raw_status=states.EXECUTING, status=states.JOB[states.EXECUTING], _actions=self)
            case rpc.RpcError() if answer.no_such_job:
                self._jobs.pop(job.id, None)
                raise self._gone(job, f"its endpoint does not know it any more: {answer.message}")
            case rpc.RpcError():
                failure = JobFailure(FailureKind.PROVIDER_ERROR, (answer.message,))
                seen = self._ended(job, states.FAILED, status_message=answer.message, failure=failure)
            case rpc.RpcResult():
                took = finite(_fields(answer.result).get("execution_duration_microseconds"))
                time = None if took is None else seconds(took / 1e6)
                seen = self._ended(job, states.EXECUTED, execution_time=time, raw=answer.result)
        return seen

    def _ended(self, job: Job, word: str, **details: Any) -> Job:
        return replace(
            job, raw_status=word, status=states.JOB[word], ended_at=datetime.now(UTC), _actions=self, **details
        )

    async def _result_of(self, job: Job) -> Result:
        """The result of a job that is complete, from what came with the answer that it is."""
        sources = _sources(job.decode)
        body: object = job.raw
        read = partial(results.decode_reply, body, sources, job.shots)
        item = await decode(
            self.provider, "the result", read, body=body, shots=job.shots, details={"operation": results.OPERATION}
        )
        return Result(job_id=job.id, provider=self.provider, items=(item,), execution_time=job.execution_time, raw=body)

    # Connections

    async def _ready(self) -> None:
        """Raise `UnsupportedOperationError` without the extra."""
        if not extra_is_installed():
            raise UnsupportedOperationError(
                "executing programs at Rigetti needs the packages pyzmq and msgpack",
                provider=self.provider,
                hint=EXTRA,
            )
        # Loading them takes a moment; once they are there, it takes none.
        await anyio.to_thread.run_sync(zeromq.load)

    async def _asked(
        self,
        engage: Callable[[], Awaitable[Engagement]],
        ask: Callable[[zeromq.Connection[rpc.Answer], Engagement], Awaitable[A]],
    ) -> tuple[A, Engagement]:
        """What is answered, with another grant where the one that we have turns out to be over."""
        again = True
        while True:
            grant = await engage()
            try:
                async with self._connected(grant) as connection:
                    answer = await ask(connection, grant)
            except AuthenticationError:
                self._forget(grant)
                if not again:
                    raise
            else:
                expired = isinstance(answer, rpc.RpcError) and answer.expired
                if expired:
                    self._forget(grant)
                if not expired or not again:
                    return answer, grant
            again = False

    @asynccontextmanager
    async def _connected(self, grant: Engagement) -> AsyncGenerator[zeromq.Connection[rpc.Answer]]:
        if not grant.address.startswith("tcp://"):
            raise UnexpectedResponseError(
                f"the engagement's address is not a tcp:// address: {shown(grant.address)}",
                provider=self.provider,
                operation="CreateEngagement",
            )
        connection = await self._connections.acquire(grant.address, grant.credentials)
        try:
            yield connection
        finally:
            self._connections.release(connection)

    def _remembered(self, job: Job) -> Job:
        self._jobs[job.id] = job
        while len(self._jobs) > MOST_JOBS:
            self._jobs.popitem(last=False)
        return job

    def _gone(self, job: Job, why: str) -> NotFoundError:
        return NotFoundError(
            f"job {job.id} cannot be resumed: {why}",
            provider=self.provider,
            hint="Rigetti keeps results for a while and only where the program was executed: submit it again",
        )


def _memory(values: PatchValues, translation: Translation) -> dict[str, list[float]]:
    """All memory that a program may be given, in full; raises `ValidationError` for what has no place in it."""
    memory = {name: [0.0] * length for name, length in translation.memory.items()}
    for name, patch in values.items():
        if name not in memory:
            known = ", ".join(sorted(memory)) or "none"
            raise _patch(f"the program has no memory {shown(name)} to fill; it has {known}")
        single = isinstance(patch, int | float)
        numbers: list[Any] = [patch] if single else checked_several(patch, "patch_values", mapping.PROVIDER)
        if len(numbers) != len(memory[name]):
            raise _patch(f"{name} has room for {len(memory[name])} numbers, not for {len(numbers)}")
        if any(finite(each) is None for each in numbers):
            raise _patch(f"{name} takes finite numbers, not {shown(numbers)}")
        memory[name] = [float(each) for each in numbers]
    return memory


def _readable(answer: rpc.Answer, operation: str) -> rpc.RpcResult | rpc.RpcError:
    if isinstance(answer, rpc.Garbled):
        raise rpc.odd_message(answer.problem, operation)
    return answer


def _fields(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _patch(message: str) -> ValidationError:
    return ValidationError(message, provider=mapping.PROVIDER, fields=("patch_values",))


def _sources(facts: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """The `ro_sources` of a handle; None if they are not what they should be."""
    listed: Any = facts.get("ro_sources")
    if not isinstance(listed, list):
        return None
    found: list[tuple[str, str]] = []
    for pair in cast("list[Any]", listed):
        match pair:
            case [str(target), str(name)]:
                found.append((target, name))
            case _:
                return None
    return found
