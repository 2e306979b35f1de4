"""The operations of Rigetti Quantum Cloud Services behind the common verbs."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from anyqpu_raw.rigetti import pages

from anyqpu._lazy import LazyModule
from anyqpu.core.adapter import Adapter, Prepared, Recovery, Submission
from anyqpu.core.arguments import checked_object, is_one_of, shown
from anyqpu.core.checks import checked_shots, no_device
from anyqpu.core.memory import Memory
from anyqpu.errors import (
    AnyQPUError,
    Hint,
    MissingCredentialsError,
    NotFoundError,
    UnsupportedOperationError,
    ValidationError,
)
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti.arguments import (
    PROVIDER,
    checked_id,
    device_id,
    endpoint_id,
    go_duration,
    time_to_send,
)
from anyqpu.providers.rigetti.gateways import PROTOCOLS, ExecutionProtocol, Gateways
from anyqpu.providers.rigetti.resources.engagements import Engagements
from anyqpu.providers.rigetti.resources.processors import Processors, load_quil
from anyqpu.providers.rigetti.resources.reservations import RigettiReservations

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.core.programs import inputs
    from anyqpu.model import job as jobs
    from anyqpu.model import status
    from anyqpu.model.calibration import Calibration, Topology
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.native import NativeForm
    from anyqpu.model.program import Program
    from anyqpu.model.reservation import AvailableSlot
    from anyqpu.model.result import Result
    from anyqpu.providers.rigetti import execution, grpc_execution, mapping
    from anyqpu.providers.rigetti.records import Endpoint
    from anyqpu.providers.rigetti.resources import sweeps
else:
    reading = LazyModule("anyqpu.core.reading")
    inputs = LazyModule("anyqpu.core.programs.inputs")
    jobs, status = LazyModule("anyqpu.model.job"), LazyModule("anyqpu.model.status")
    execution, grpc_execution = (
        LazyModule(f"anyqpu.providers.rigetti.{name}") for name in ("execution", "grpc_execution")
    )
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")
    sweeps = LazyModule("anyqpu.providers.rigetti.resources.sweeps")

T = TypeVar("T")
PatchValues = Mapping[str, float | Sequence[float]]

# Jobs that can be found by their identifiers, and seconds for which they can: longer than Rigetti keeps their results.
MOST_JOBS = 10_000
JOB_SECONDS = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What `submit` takes at Rigetti besides the common arguments."""

    patch_values: PatchValues | Sequence[PatchValues] | None = None
    endpoint: str | Endpoint | None = None
    execution: ExecutionProtocol | None = None


class RigettiAdapter(Adapter["RawClient"]):
    """Processors, jobs and reservations of one client."""

    def __init__(self, context: Context[RawClient]) -> None:
        super().__init__(context)
        self.processors = Processors(self)
        self.engagements = Engagements(context)
        self._jobs = Memory["Job"](context.clock, seconds=JOB_SECONDS, entries=MOST_JOBS)
        self._zeromq: execution.ZeroMQExecution | None = None
        self.gateways = Gateways(context)

    @cached_property
    def reservations(self) -> RigettiReservations:
        """Reservations of the account that the client acts for, or of another one."""
        return RigettiReservations(self.context)

    # Processors

    async def check_credentials(self) -> str:
        """Read the user of the token (AuthGetUser)."""
        await self.raw.auth_get_user()
        return "your user"

    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        """List the names of all processors (ListQuantumProcessors); `device` returns more of one."""
        return paginate(
            self.raw.list_quantum_processors,
            pages.LIST_QUANTUM_PROCESSORS,
            to_items=lambda processors: reading.read_each(PROVIDER, processors, mapping.processor_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def device(self, id: str) -> Device:
        """Return a processor (GetQuantumProcessor, GetDefaultEndpoint, GetInstructionSetArchitecture).

        Its state is that of its default endpoint, and `unknown` where it has none, and without credentials.
        """
        processor = await self.look_up(id)
        try:
            endpoint = mapping.endpoint_of(await self.raw.get_default_endpoint(id))
        except (NotFoundError, MissingCredentialsError):
            endpoint = None
        isa = await self.raw.get_instruction_set_architecture(id)
        return mapping.device_of(processor.id, raw=processor.raw, endpoint=endpoint, isa=mapping.instructions_of(isa))

    async def look_up(self, id: str) -> Device:
        """Return a processor in one request, without its state and size (GetQuantumProcessor)."""
        checked_id(id, "device", "Aspen-9")
        raw = await self.of_processor(id, self.raw.get_quantum_processor(id))
        return mapping.processor_of(raw)

    async def calibration(self, device: str | Device) -> Calibration:
        """Return the figures of a processor's instruction set architecture (GetInstructionSetArchitecture)."""
        return mapping.calibration_of(await self.processors.isa(device), device_id(device))

    async def topology(self, device: str | Device) -> Topology | None:
        """Return qubits and couplings, which are part of the calibration (GetInstructionSetArchitecture)."""
        return (await self.calibration(device)).topology

    async def native_form(self, device: Device) -> NativeForm:
        """Return the gates of a processor with their qubits and fidelities (GetInstructionSetArchitecture)."""
        isa = await self.processors.isa(device)
        return mapping.native_form_of(isa, mapping.calibration_of(isa, device.id), device)

    async def of_processor(self, id: str, response: Awaitable[T]) -> T:
        """Return a response about a processor; if there is no such processor, raise with the nearest name."""
        try:
            return await response
        except NotFoundError as error:
            missing = error
        try:
            ids = [device.id async for device in self.devices()]
        except AnyQPUError:
            ids = [id]
        if id in ids:
            # The processor exists, but not what was requested of it.
            raise missing
        raise no_device(
            id,
            ids,
            provider=PROVIDER,
            operation=missing.operation,
            status_code=missing.status_code,
            request_id=missing.request_id,
        )

    def find_slots(
        self,
        device: str | Device,
        *,
        start: datetime,
        duration: timedelta | float,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[AvailableSlot]:
        """List windows that can be reserved, the earliest first (FindAvailableReservations)."""
        return paginate(
            partial(
                self.raw.find_available_reservations,
                quantum_processor_id=device_id(device),
                start_time_from=time_to_send(start, "start"),
                duration=go_duration(duration, "duration"),
            ),
            pages.FIND_AVAILABLE_RESERVATIONS,
            to_items=lambda slots: reading.read_each(PROVIDER, slots, mapping.slot_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    # Jobs

    async def prepare(self, submission: Submission) -> Prepared:
        """Translate a program, over gRPC, or over HTTP with an engagement for it.

        TranslateQuilToEncryptedControllerJob, or TranslateNativeQuilToEncryptedBinary and CreateEngagement.
        """
        options: SubmitOptions = submission.options or SubmitOptions()
        program = await self.checked_program(submission, options)
        device = await self.target(submission.device)
        gateway = await self.gateways.choose(device.id, options.endpoint, options.execution)
        if gateway is None:
            return await self._over_zeromq().prepare(submission, program, device, options)
        return await self.over_grpc.prepare(submission, program, device, gateway, options)

    async def checked_program(self, submission: Submission, options: SubmitOptions) -> Program:
        """Return the program of a submission; raise for arguments that cannot be, and for a missing extra."""
        if options.execution is not None and not is_one_of(options.execution, PROTOCOLS):
            raise ValidationError(
                f"execution is 'grpc' or 'zeromq', not {shown(options.execution)}",
                provider=PROVIDER,
                fields=("execution",),
            )
        if options.execution != "zeromq":
            await self.over_grpc.load()
        if options.execution != "grpc":
            await self._over_zeromq().load()
        source = inputs.one_program(submission.program, PROVIDER, hint="Submit them one by one")
        hint = Hint(
            "Give numbers for its memory as patch_values={'theta': [0.3]}",
            "Give numbers for its memory as --option patch_values.theta=[0.3]",
        )
        inputs.no_parameters(submission.parameters, PROVIDER, hint=hint)
        if submission.session is not None:
            self.context.unsupported("sessions")
        device_id(submission.device)
        checked_shots(submission.shots, PROVIDER)
        if options.endpoint is not None:
            endpoint_id(options.endpoint)
        if options.patch_values is not None:
            values = cast("object", options.patch_values)
            if not isinstance(values, Mapping):
                problem = f"patch_values are numbers by region of memory, not {shown(values)}"
                raise ValidationError(problem, provider=PROVIDER, fields=("patch_values",))
        return await load_quil(source)

    async def job(self, id: str) -> Job:
        """Return a job that this client submitted or resumed."""
        job = self._jobs.get(id)
        if job is None:
            raise NotFoundError(
                f"this client has no job {shown(id)}",
                provider=PROVIDER,
                hint=Hint(
                    "Rigetti keeps no list of jobs: resume(handle) returns one, where handle is str(job.handle)",
                    "Rigetti keeps no list of jobs: give the handle that `anyqpu submit` printed",
                ),
            )
        return await self.refresh(job)

    async def refresh(self, job: Job) -> Job:
        """Return a job as it is now (GetControllerJobStatus).

        Over ZeroMQ it is done if the endpoint returns its results at once (CreateEngagement).
        """
        checked_object(job, jobs.Job, "job", PROVIDER, hint="resume(handle) returns a job")
        if grpc_execution.is_grpc(job.decode):
            return await self.over_grpc.poll(job)
        return await self._over_zeromq().poll(job, is_quick=True)

    async def poll(self, job: Job) -> Job:
        """Return a job as it is now.

        Over ZeroMQ the endpoint may take some minutes to respond, and responds when it is done.
        """
        if grpc_execution.is_grpc(job.decode):
            return await self.over_grpc.poll(job)
        return await self._over_zeromq().poll(job, is_quick=False)

    async def recovery(self, device: str, options: Mapping[str, Any]) -> Recovery:
        """Return that a submit over gRPC may be sent again with its key; over ZeroMQ, nothing carries a key."""
        gateway = await self.gateways.choose(device, options.get("endpoint"), options.get("execution"))
        return "unknown" if gateway is None else "resend"

    def estimate(self, job: Job) -> tuple[float, float] | None:
        """Return the seconds in which the service expects a job to end, which it says over gRPC."""
        return self.over_grpc.estimate(job) if grpc_execution.is_grpc(job.decode) else None

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for (GetControllerJobStatus, or CreateEngagement and over ZeroMQ)."""
        if handle.id in self._jobs:
            return await super().resume(handle)
        if grpc_execution.is_grpc(handle.decode):
            return await self.over_grpc.resume(handle)
        await self._over_zeromq().load()
        return await self._over_zeromq().resume(handle)

    def attach(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for; its status is unknown until it is polled."""
        if grpc_execution.is_grpc(handle.decode):
            return self.over_grpc.attach(handle)
        job = self._over_zeromq().attach(handle)
        return replace(job, status=status.JobStatus.UNKNOWN, raw_status="")

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job (GetControllerJobResults); over ZeroMQ its last poll brought it."""
        if grpc_execution.is_grpc(job.decode):
            return await self.over_grpc.result(job)
        return await self._over_zeromq().result(job)

    async def failure(self, job: Job) -> Job:
        """Return a job that failed with the reasons in its result, where it has one (GetControllerJobResults)."""
        return await self.over_grpc.failure(job) if grpc_execution.is_grpc(job.decode) else job

    async def cancel(self, job: Job) -> None:
        """Cancel a job that has not begun (CancelControllerJobs); over ZeroMQ none can be cancelled."""
        if not grpc_execution.is_grpc(job.decode):
            raise UnsupportedOperationError(
                "there is no way to cancel an execution over ZeroMQ",
                provider=PROVIDER,
                hint="It ends by itself; a reservation can be cancelled",
            )
        await self.over_grpc.cancel([job])

    def close(self) -> None:
        """Close the connections to execution endpoints."""
        self.engagements.clear()
        if self._zeromq is not None:
            self._zeromq.close()

    @cached_property
    def sweeps(self) -> sweeps.Sweeps:
        """Batches."""
        return sweeps.Sweeps(self)

    @cached_property
    def over_grpc(self) -> grpc_execution.GrpcExecution:
        """Jobs of gateways."""
        return grpc_execution.GrpcExecution(self, self.gateways, self._jobs)

    def _over_zeromq(self) -> execution.ZeroMQExecution:
        if self._zeromq is None:
            self._zeromq = execution.ZeroMQExecution(self.context, self.processors, self.engagements, self._jobs)
        return self._zeromq
