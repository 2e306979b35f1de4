"""Execute programs over gRPC: translated, sent to a gateway with an idempotency key, and polled. The extra `rigetti`.

A request to execute that carries a key which the service knows returns the jobs that it queued with it. So a submit
whose response was lost is sent again, and there is one job, whatever happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import anyio.to_thread

from anyqpu.core.adapter import Prepared, Submission
from anyqpu.core.arguments import is_text, shown
from anyqpu.core.memory import Memory
from anyqpu.core.results.forms import decode
from anyqpu.core.values import count, finite, seconds
from anyqpu.errors import (
    AnyQPUError,
    ConflictError,
    ConnectError,
    JobFailedError,
    NotFoundError,
    ResultNotAvailableError,
    UnexpectedResponseError,
    UnsupportedOperationError,
    ValidationError,
    extended,
)
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.program import ProgramFormat
from anyqpu.model.result import Result
from anyqpu.model.status import FailureKind, JobStatus
from anyqpu.providers.rigetti import results, states
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.providers.rigetti.capabilities import EXTRA, grpc_is_installed
from anyqpu.transport import exchange

if TYPE_CHECKING:
    from anyqpu_grpc.rigetti import controller_pb2

    from anyqpu.core.context import AnyContext
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.program import Program
    from anyqpu.providers.rigetti.adapter import PatchValues, RigettiAdapter, SubmitOptions
    from anyqpu.providers.rigetti.gateways import Gateway, Gateways
    from anyqpu.transport.grpc import Grpc
    from anyqpu.transport.grpc_responses import Received

# The part of `Job.decode` by which jobs over gRPC are known.
PROTOCOL = {"execution": "grpc"}
MOST_SHOTS = 2**32 - 1
# Field numbers: of the job in a translation, and in a request to execute.
TRANSLATED_JOB, EXECUTED_JOB = 1, 201
RESULTS = "GetControllerJobResults"


def is_grpc(facts: Mapping[str, Any]) -> bool:
    """Return whether a job with these facts in its handle was executed over gRPC."""
    return facts.get("execution") == PROTOCOL["execution"]


@dataclass(frozen=True, slots=True)
class Translated:
    """A program as a processor executes it: the encrypted job, and the facts that its results need."""

    job: memoryview
    memories: list[dict[str, list[float]]]
    facts: dict[str, Any]


class GrpcExecution:
    """Jobs of gateways."""

    def __init__(self, adapter: RigettiAdapter, gateways: Gateways, jobs: Memory[Job]) -> None:
        """`jobs` are the jobs that the client can find by their identifiers."""
        self._context: AnyContext = adapter.context
        self._of_device = adapter.of_device
        self._gateways = gateways
        self._jobs = jobs
        self._modules: Any = None

    async def load(self) -> None:
        """Load the packages of the extra; raise `UnsupportedOperationError` if one is not installed."""
        if not grpc_is_installed():
            raise UnsupportedOperationError(
                "executing programs at Rigetti over gRPC needs the packages h2 and protobuf",
                provider=PROVIDER,
                hint=EXTRA,
            )
        if self._modules is None:
            self._modules = await anyio.to_thread.run_sync(_load)

    @property
    def _grpc(self) -> Grpc:
        return self._context.transport.grpc

    # Submitting

    async def prepare(
        self, submission: Submission, program: Program, device: Device, gateway: Gateway, options: SubmitOptions
    ) -> Prepared:
        """Translate a program (TranslateQuilToEncryptedControllerJob)."""
        values = options.patch_values or {}
        translated = await self.translate(submission, program, device, gateway, [cast("PatchValues", values)])

        async def send() -> Job:
            (id,) = await self.execute(submission, device.id, gateway, translated)
            return self._jobs.put(id, self.job_of(id, submission, translated.facts))

        return Prepared(send=send)

    async def translate(
        self,
        submission: Submission,
        program: Program,
        device: Device,
        gateway: Gateway,
        patches: Sequence[PatchValues],
    ) -> Translated:
        """Return a program as a processor executes it; raise `ValidationError` for one that cannot be translated."""
        messages, services, translation = self._modules.messages, self._modules.services, self._modules.translation
        shots = cast("int", submission.shots)
        if shots > MOST_SHOTS:
            raise ValidationError(
                f"shots is at most {MOST_SHOTS}, not {shown(shots)}", provider=PROVIDER, fields=("shots",)
            )
        declared = messages.Declared(program.text)
        memories = [declared.memory(values) for values in patches]
        url = self._gateways.translation_url(gateway.url)
        method = services.TRANSLATE_QUIL_TO_ENCRYPTED_CONTROLLER_JOB
        request = translation.TranslateQuilToEncryptedControllerJobRequest(
            quantum_processor_id=device.id, quil_program=program.text, num_shots_value=shots
        )

        async def read(content: Received) -> tuple[memoryview | None, Any]:
            # The job is not read but passed on, whatever its size.
            job, rest = self._modules.wire.without_field(content, TRANSLATED_JOB)
            return job, await self._modules.wire.parse(method.response, rest)

        try:
            with self._forgetting(device.id, gateway):
                job, response = await self._of_device(
                    device.id, self._grpc.send(url, method, [request.SerializeToString()], read)
                )
        except ValidationError as error:
            error.fields = error.fields or ("program",)
            raise
        if not job:
            raise UnexpectedResponseError("the translation has no job", **exchange.details(PROVIDER))
        sources = declared.sources(response.metadata.readout_mappings)
        target = {} if gateway.endpoint is None else {"endpoint": gateway.endpoint}
        facts = {**PROTOCOL, "device": device.id, **target, "shots": shots, "ro_sources": sources}
        return Translated(job, memories, facts)

    async def execute(self, submission: Submission, device: str, gateway: Gateway, translated: Translated) -> list[str]:
        """Queue a job once for each memory, and return the identifiers (ExecuteControllerJob).

        It is sent again, with the same key, where the response was lost.
        """
        key, method = submission.key, self._modules.services.EXECUTE_CONTROLLER_JOB
        request = self._modules.messages.execution(device, gateway, translated.memories, key)
        body = self._modules.wire.with_field(request.SerializeToString(), EXECUTED_JOB, translated.job)

        async def read(content: Received) -> list[str]:
            response: controller_pb2.ExecuteControllerJobResponse
            response = await self._modules.wire.parse(method.response, content)
            return list(response.job_execution_ids)

        try:
            with self._forgetting(device, gateway):
                try:
                    ids = await self._grpc.send(gateway.url, method, body, read)
                except UnexpectedResponseError as error:
                    if (error.status_code or 0) >= 400:
                        raise
                    # It could not be read; the next one may be.
                    ids = await self._grpc.send(gateway.url, method, body, read)
            if not all(ids) or not ids:
                raise UnexpectedResponseError("the response has no identifiers", **exchange.details(PROVIDER))
        except AnyQPUError as error:
            sending = exchange.watched()
            if sending is not None and sending.may_have_arrived:
                # Not an unknown outcome: to submit again with the key is safe.
                again = f"Submit again with the key {key}: the job is returned if it has arrived"
                error.hint = extended(error.hint, again)
                exchange.mark(may_have_arrived=False)
            raise
        if len(ids) != len(translated.memories):
            exchange.mark(may_have_arrived=False)
            problem = f"the key {key!r} is already used for {len(ids)} executions, not {len(translated.memories)}"
            raise ConflictError(problem, provider=PROVIDER, operation=method.name, key=key, hint="Use another key")
        return ids

    def job_of(self, id: str, submission: Submission, facts: Mapping[str, Any]) -> Job:
        """Return a job that was just queued."""
        return Job(
            provider=PROVIDER,
            id=id,
            name=submission.name,
            device_id=facts["device"],
            status=JobStatus.QUEUED,
            raw_status="QUEUED",
            shots=facts["shots"],
            created_at=self._context.clock.wall(),
            tags=tuple(submission.tags),
            dedup_key=submission.key,
            input_format=ProgramFormat.QUIL.value,
            decode=dict(facts),
            _actions=self._context.jobs,
        )

    # Jobs

    async def poll(self, job: Job) -> Job:
        """Return a job as it is now (GetControllerJobStatus, and GetControllerJobResults for one that failed)."""
        await self.load()
        if job.status.is_terminal:
            return job
        controller, method = self._modules.controller, self._modules.services.GET_CONTROLLER_JOB_STATUS
        request = controller.GetControllerJobStatusRequest(job_id=job.id)
        response: controller_pb2.GetControllerJobStatusResponse = await self._ask(job, method, request)
        statuses = controller.GetControllerJobStatusResponse.Status
        number = response.status
        word: str = statuses.Name(number) if number in statuses.values() else str(number)
        status = states.GRPC_JOB.get(word, JobStatus.UNKNOWN)
        estimate = response.estimated_job_completion_delay
        delays = {name: _seconds(estimate, name) for name in ("minimum", "maximum")}
        current = replace(
            job,
            status=status,
            raw_status=word,
            status_recognized=word in states.GRPC_JOB,
            ended_at=self._context.clock.wall() if status.is_terminal else None,
            raw={"status": word, "estimated_job_completion_delay": delays},
            _actions=self._context.jobs,
        )
        return await self.failure(current) if status is JobStatus.FAILED else current

    def estimate(self, job: Job) -> tuple[float, float] | None:
        """Return the seconds in which the service expects a job to end, at least and at most, as of the last poll."""
        delay: dict[str, float | None] = _fields(job.raw).get("estimated_job_completion_delay") or {}
        low, high = delay.get("minimum"), delay.get("maximum")
        if low is None and high is None:
            return None
        return low or 0.0, max(high or 0.0, low or 0.0)

    async def cancel(self, jobs: Sequence[Job]) -> None:
        """Cancel jobs of one device that have not begun (CancelControllerJobs)."""
        await self.load()
        request = self._modules.controller.CancelControllerJobsRequest(job_ids=[job.id for job in jobs])
        await self._ask(jobs[0], self._modules.services.CANCEL_CONTROLLER_JOBS, request)

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job (GetControllerJobResults)."""
        body = await self._results(job)
        if body["status"] != "SUCCESS":
            raise JobFailedError(
                body["status_message"] or f"the execution ended as {body['status']}",
                handle=job.handle,
                job_status=job.status,
                provider=PROVIDER,
                operation=RESULTS,
            )
        details = exchange.details(PROVIDER)
        read = partial(results.decode_reply, body, results.sources(job.decode), job.shots, keeps_numbers=True)
        item = await decode(PROVIDER, "the result", read, body=body, shots=job.shots, details=details)
        took = finite(body["execution_duration_microseconds"])
        time = None if took is None else seconds(took / 1e6)
        return Result(job_id=job.id, provider=PROVIDER, items=(item,), execution_time=time, raw=body)

    async def failure(self, job: Job) -> Job:
        """Return a job that failed with the reason in its result (GetControllerJobResults)."""
        if job.failure is not None:
            return job
        try:
            body = await self._results(job)
        except AnyQPUError:
            return replace(job, failure=JobFailure(FailureKind.UNKNOWN), _actions=self._context.jobs)
        kinds = {"USER_FAILURE": FailureKind.INVALID_PROGRAM, "SERVICE_FAILURE": FailureKind.PROVIDER_ERROR}
        message = body["status_message"]
        failure = JobFailure(kinds.get(body["status"], FailureKind.UNKNOWN), (message,) if message else ())
        return replace(job, failure=failure, status_message=message, _actions=self._context.jobs)

    async def _results(self, job: Job) -> dict[str, Any]:
        request = self._modules.controller.GetControllerJobResultsRequest(job_execution_id=job.id)
        response: controller_pb2.GetControllerJobResultsResponse
        response = await self._ask(job, self._modules.services.GET_CONTROLLER_JOB_RESULTS, request)
        if not response.HasField("result"):
            raise ResultNotAvailableError(f"job {job.id} has no result", **exchange.details(PROVIDER))
        body: dict[str, Any] = await self._modules.messages.result_of(response.result)
        return body

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for, as it is now."""
        await self.load()
        return self._jobs.put(handle.id, await self.poll(self.attach(handle)))

    def attach(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for, as far as the handle describes it."""
        facts = handle.decode
        if not is_text(facts.get("device")) or results.sources(facts) is None:
            raise ValidationError(
                "the handle does not say where its job is",
                provider=PROVIDER,
                fields=("handle",),
                hint="Give the whole handle, with what follows the '?'",
            )
        return Job(
            provider=PROVIDER,
            id=handle.id,
            device_id=facts["device"],
            status=JobStatus.UNKNOWN,
            raw_status="",
            shots=count(facts.get("shots")),
            created_at=handle.created_at,
            dedup_key=handle.dedup_key,
            input_format=ProgramFormat.QUIL.value,
            decode=dict(facts),
            _actions=self._context.jobs,
        )

    async def calibrations(self, device: str, gateway: Gateway) -> str:
        """Return the pulses of a processor's gates as Quil-T (GetQuantumProcessorQuilCalibrationProgram)."""
        await self.load()
        method = self._modules.services.GET_QUANTUM_PROCESSOR_QUIL_CALIBRATION_PROGRAM
        request = self._modules.translation.GetQuantumProcessorQuilCalibrationProgramRequest(
            quantum_processor_id=device
        )
        url = self._gateways.translation_url(gateway.url)
        response = await self._of_device(device, self._grpc.call(url, method, request))
        text: str = response.quil_calibration_program
        return text

    async def _ask(self, job: Job, method: Any, request: Any) -> Any:
        """Return the response to a request about a job."""
        device, endpoint = cast("str", job.device_id), job.decode.get("endpoint")
        gateway = await self._gateways.get(device, endpoint)
        self._modules.messages.aim(request, device, gateway)
        try:
            with self._forgetting(device, gateway):
                return await self._grpc.call(gateway.url, method, request)
        except NotFoundError as error:
            self._jobs.discard(lambda other: other.id == job.id)
            error.hint = error.hint or "Rigetti keeps results for a while only: submit the program again"
            raise

    def _forgetting(self, device: str, gateway: Gateway) -> _Forgetting:
        """Make the next call look for another gateway if this one does not respond."""
        return _Forgetting(self._gateways, device, gateway)


class _Forgetting:
    def __init__(self, gateways: Gateways, device: str, gateway: Gateway) -> None:
        self._forget = partial(gateways.forget, device, gateway.endpoint)

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, ConnectError):
            self._forget()


def _fields(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _seconds(estimate: Any, name: str) -> float | None:
    if not estimate.HasField(name):
        return None
    delay: Any = getattr(estimate, name)
    return max(0.0, float(delay.seconds) + float(delay.nanos) / 1e9)


@dataclass(frozen=True)
class _Modules:
    """What is imported with the first program."""

    controller: Any
    translation: Any
    services: Any
    messages: Any
    wire: Any


def _load() -> _Modules:
    from anyqpu_grpc.rigetti import controller_pb2, services, translation_pb2

    from anyqpu.providers.rigetti import grpc_messages
    from anyqpu.transport import grpc, messages

    del grpc  # it imports what is slow to import
    return _Modules(controller_pb2, translation_pb2, services, grpc_messages, messages)
