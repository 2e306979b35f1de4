"""The methods of Rigetti's gRPC services: translation, and the controller that executes what was translated."""

from __future__ import annotations

import math
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import anyio
import anyio.to_thread
from starlette.requests import Request

from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.quil import parse
from anyqpu_emulator.grpc_wire import GrpcError, timeout_of
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.lifecycle import Job, State

from .architecture import calibrations
from .executions import MOST_RUNS, Execution, Executions, Order
from .messages import message
from .processors import processor
from .sealed import Sealer
from .store import Store
from .translation import MAX_QUIL, MAX_SHOTS, Binary, buffers, read_program

HELD_SECONDS = 300.0
"""A call for results waits so long for the end of a job, in real time."""
MOST_HELD = 1000
"""So many calls wait for results at a time."""
KEPT_SECONDS = 7 * 24 * 3600
"""Results are kept for so long after the end of a job, by the emulator's clock."""
MOST_CONFIGURATIONS = MOST_RUNS // 2
_PAUSES = (0.002, 0.05)
_STATUSES = {
    State.QUEUED: 1,
    State.RUNNING: 2,
    State.COMPLETED: 3,
    State.FAILED: 4,
    State.CANCELLED: 5,
}
_POST_PROCESSING = 6
_SUCCESS, _SERVICE_FAILURE, _USER_FAILURE, _USER_CANCELLATION = 1, 2, 3, 4
_OF_SERVICE = ("INTERNAL_ERROR", "FAILED_BY_HAND", "STOPPED")
Method = Callable[[Any, Request], Awaitable[Any]]


class Services:
    """All methods by name, from a request's message to the response's. They raise GrpcError."""

    def __init__(self, store: Store, executions: Executions, sealer: Sealer) -> None:
        """All three are the cloud's."""
        self._store = store
        self._executions = executions
        self._sealer = sealer
        self._held = 0

    def methods(self) -> Mapping[str, Method]:
        """Return the methods by their names."""
        return {
            "TranslateQuilToEncryptedControllerJob": self._translate,
            "GetQuantumProcessorQuilCalibrationProgram": self._calibrations,
            "ExecuteControllerJob": self._execute,
            "BatchExecuteControllerJobs": self._execute_batch,
            "GetControllerJobStatus": self._status,
            "GetControllerJobResults": self._results,
            "CancelControllerJobs": self._cancel,
        }

    async def _translate(self, request: Any, _: Request) -> Any:
        target, quil, shots = _processor(request.quantum_processor_id), request.quil_program, request.num_shots_value
        if not quil:
            raise GrpcError("INVALID_ARGUMENT", "quil_program is missing")
        if len(quil) > MAX_QUIL:
            raise GrpcError("INVALID_ARGUMENT", f"quil_program should be no longer than {MAX_QUIL} characters")
        if not 1 <= shots <= MAX_SHOTS:
            raise GrpcError("INVALID_ARGUMENT", f"num_shots should be 1 to {MAX_SHOTS}, not {shots}")
        if request.options.HasField("riverlane"):
            raise GrpcError("UNIMPLEMENTED", "this emulator has no error correction of Riverlane")
        strict = self._store.context.strictness.applies(target.id)
        try:
            # A long program takes a while to parse.
            program = await anyio.to_thread.run_sync(read_program, quil, target, strict)
        except EngineError as error:
            raise GrpcError("INVALID_ARGUMENT", f"the program cannot be translated: {error}") from None
        job, nonce = await anyio.to_thread.run_sync(self._sealer.seal, Binary(target.id, quil, shots))
        response = message("TranslateQuilToEncryptedControllerJobResponse")()
        response.job.job, response.job.encryption.nonce = job, nonce
        response.job.encryption.key_id = self._sealer.key_id
        # Present even where nothing is measured.
        response.metadata.SetInParent()
        for readout, name in zip(program.readouts, buffers(program), strict=True):
            response.metadata.readout_mappings[readout.target] = name
        return response

    async def _calibrations(self, request: Any, _: Request) -> Any:
        text = calibrations(_processor(request.quantum_processor_id))
        return message("GetQuantumProcessorQuilCalibrationProgramResponse")(quil_calibration_program=text)

    async def _execute(self, request: Any, _: Request) -> Any:
        key = _key(request)
        [ids] = await anyio.to_thread.run_sync(self._start, [request], [key])
        return message("ExecuteControllerJobResponse")(job_execution_ids=ids)

    async def _execute_batch(self, request: Any, _: Request) -> Any:
        whole = _key(request)
        # Each request of a batch is found again by its place in it.
        keys = [f"{whole}/{place}" if whole else _key(one) for place, one in enumerate(request.requests)]
        if not request.requests:
            raise GrpcError("INVALID_ARGUMENT", "requests is empty")
        started = await anyio.to_thread.run_sync(self._start, list(request.requests), keys)
        response = message("BatchExecuteControllerJobsResponse")()
        for ids in started:
            response.responses.add(job_execution_ids=ids)
        return response

    def _start(self, requests: list[Any], keys: list[str]) -> list[list[str]]:
        """In a worker thread: decrypt, check everything, and queue all or none."""
        earlier = [self._executions.ids_of(key) for key in keys]
        if all(earlier):
            return earlier
        if sum(len(request.execution_configurations) for request in requests) > MOST_CONFIGURATIONS:
            raise GrpcError("INVALID_ARGUMENT", f"there are more than {MOST_CONFIGURATIONS} execution configurations")
        orders = [self._order(request, key) for request, key in zip(requests, keys, strict=True)]
        try:
            return self._executions.start_all(orders)
        except EngineError as error:
            raise GrpcError("INVALID_ARGUMENT", str(error)) from None

    def _order(self, request: Any, key: str) -> Order:
        processors = self._target(request)
        if request.WhichOneof("job") is None:
            raise GrpcError("INVALID_ARGUMENT", "the encrypted job is missing")
        sealed = request.encrypted
        binary = self._sealer.open(sealed.job, sealed.encryption.nonce, sealed.encryption.key_id)
        if binary.processor not in processors:
            served = ", ".join(processors) or "no processor"
            raise GrpcError("INVALID_ARGUMENT", f"the job is translated for {binary.processor}, not for {served}")
        if not request.execution_configurations:
            raise GrpcError("INVALID_ARGUMENT", "execution_configurations is empty; send one for each execution")
        limit = _limit(request.options)
        lengths = {name: region.length for name, region in parse(binary.quil).regions.items()}
        memories = [_memory(one.memory_values, lengths) for one in request.execution_configurations]
        return Order(binary, memories, key, limit)

    async def _status(self, request: Any, _: Request) -> Any:
        job = (await self._run(request, request.job_id)).job
        context = self._store.context
        response = message("GetControllerJobStatusResponse")()
        response.status = _STATUSES[job.state] if _is_ready(job) or not job.state.terminal else _POST_PROCESSING
        if not _is_ready(job):
            late = job.late if job.ended_at is None else max(0.0, job.ended_at + job.late - context.clock.monotonic())
            remaining = context.scheduler.remaining(job)
            if remaining is not None:
                delay = response.estimated_job_completion_delay
                delay.minimum.FromNanoseconds(round((remaining + late) * 1e9))
                # Computations take longer than planned, never shorter.
                delay.maximum.FromNanoseconds(round((remaining + late) * 1.5e9) + 10**9)
                delay.now.FromNanoseconds(round(context.clock.wall() * 1e9))
        return response

    async def _results(self, request: Any, http: Request) -> Any:
        run = await self._run(request, request.job_execution_id)
        if not _is_ready(run.job):
            await self._hold(run.job, http)
        response = message("GetControllerJobResultsResponse")()
        await anyio.to_thread.run_sync(_fill, response.result, run)
        return response

    async def _hold(self, job: Job, http: Request) -> None:
        """Wait until a job is over, without a thread. The client may leave, or its deadline may pass."""
        if self._held >= MOST_HELD:
            raise GrpcError("RESOURCE_EXHAUSTED", f"{MOST_HELD} calls wait for results already")
        self._held += 1
        seconds = min(HELD_SECONDS, timeout_of(http.headers) or HELD_SECONDS)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_end_with_client, http, group.cancel_scope)
                with anyio.move_on_after(seconds):
                    await self._poll_until_ready(job)
                group.cancel_scope.cancel()
        finally:
            self._held -= 1
        if not _is_ready(job):
            raise GrpcError("DEADLINE_EXCEEDED", f"job {job.id} is not over after {seconds:g} s; ask again")

    async def _poll_until_ready(self, job: Job) -> None:
        pause, longest = _PAUSES
        while not _is_ready(job):
            await anyio.sleep(pause)
            # Many calls together poll as often as a few.
            pause = min(pause * 1.5, max(longest, self._held * longest / 100))
            self._store.context.scheduler.poll(job)

    async def _cancel(self, request: Any, _: Request) -> Any:
        runs = [await self._run(request, job_id) for job_id in request.job_ids]
        for run in runs:
            # Those that have begun continue.
            if run.job.state is State.QUEUED:
                self._store.context.scheduler.cancel(run.job)
        return message("CancelControllerJobsResponse")()

    async def _run(self, request: Any, job_id: str) -> Execution:
        """Return a job of the target in its present state."""
        processors = self._target(request)
        run = self._executions.find(job_id)
        if run is None or run.processor not in processors:
            raise GrpcError("NOT_FOUND", f"there is no job {job_id!r} on {', '.join(processors)}")
        await self._store.context.poll(run.job)
        ended_at = run.job.ended_at
        if ended_at is not None and self._store.context.clock.monotonic() >= ended_at + KEPT_SECONDS:
            raise GrpcError("NOT_FOUND", f"job {job_id!r} has expired: results are kept for a week")
        return run

    def _target(self, request: Any) -> list[str]:
        """Return the processors that a request may mean."""
        kind = request.WhichOneof("target")
        if kind is None:
            raise GrpcError("INVALID_ARGUMENT", "quantum_processor_id or endpoint_id is missing")
        if kind == "quantum_processor_id":
            return [_processor(request.quantum_processor_id).id]
        endpoint = self._store.endpoints.get(request.endpoint_id)
        if endpoint is None:
            raise GrpcError("NOT_FOUND", f"there is no endpoint {request.endpoint_id!r}")
        if not self._store.healthy(endpoint):
            raise GrpcError("UNAVAILABLE", f"endpoint {endpoint.id!r} is not healthy; try again later")
        return endpoint.processors


def _processor(name: str) -> Any:
    """Return a processor."""
    try:
        return processor(name)
    except ProblemError as error:
        raise GrpcError("NOT_FOUND", error.detail) from None


def _key(request: Any) -> str:
    """Return an idempotency key as text; empty if the request has no key."""
    if not request.HasField("idempotency_key"):
        return ""
    key = uuid.UUID(int=request.idempotency_key.high << 64 | request.idempotency_key.low)
    if key.variant != uuid.RFC_4122 or key.version != 4:
        raise GrpcError("INVALID_ARGUMENT", f"idempotency_key should be a UUID of version 4, not {key}")
    return str(key)


def _limit(options: Any) -> float | None:
    """Return the seconds that an execution may take; None without a limit."""
    if not options.HasField("timeout"):
        return None
    seconds: float = options.timeout.ToTimedelta().total_seconds()
    if seconds <= 0:
        raise GrpcError("INVALID_ARGUMENT", f"timeout should be more than 0, not {seconds:g} s")
    return seconds


def _memory(values: Mapping[str, Any], lengths: Mapping[str, int]) -> dict[str, list[float]]:
    """Return memory by name: integers, reals, or bytes, of which each is an element."""
    memory: dict[str, list[float]] = {}
    for name, value in values.items():
        kind = value.WhichOneof("value")
        numbers = [float(item) for item in getattr(value, kind).data] if kind else []
        if name not in lengths:
            raise GrpcError("INVALID_ARGUMENT", f"the program declares no memory {name!r}")
        if len(numbers) != lengths[name]:
            raise GrpcError("INVALID_ARGUMENT", f"memory {name!r} has {lengths[name]} elements, not {len(numbers)}")
        if not all(map(math.isfinite, numbers)):
            raise GrpcError("INVALID_ARGUMENT", f"memory {name!r} should have finite numbers")
        memory[name] = numbers
    return memory


def _is_ready(job: Job) -> bool:
    """Whether a job is over and its result is there."""
    return job.state.terminal and (job.result_due or job.state is not State.COMPLETED)


async def _end_with_client(http: Request, scope: anyio.CancelScope) -> None:
    while (await http.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


def _fill(result: Any, run: Execution) -> None:
    """In a worker thread: write an outcome into the result message."""
    job = run.job
    seconds = 0.0 if job.started_at is None or job.ended_at is None else job.ended_at - job.started_at
    result.execution_duration_microseconds = max(0, round(seconds * 1e6))
    if job.state is State.COMPLETED:
        result.status = _SUCCESS
        # An instant job may be computed before it is in its line.
        result.execution_duration_microseconds = max(1, result.execution_duration_microseconds)
        for name, row in run.rows().items():
            result.readout_values[name].integer_values.values.extend(row)
    elif job.state is State.CANCELLED:
        result.status, result.status_message = _USER_CANCELLATION, "the job was cancelled"
    else:
        code, reason = (job.failure.code, job.failure.message) if job.failure else ("", "the job failed")
        result.status = _SERVICE_FAILURE if code in _OF_SERVICE else _USER_FAILURE
        result.status_message = reason
