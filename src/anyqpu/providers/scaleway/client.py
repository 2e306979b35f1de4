"""The client of Scaleway Quantum as a Service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from anyqpu_raw.scaleway.models import UpdateJobBody

from anyqpu.core import budget
from anyqpu.core.adapter import Submission
from anyqpu.core.arguments import suggests_keywords
from anyqpu.core.checks import check_device, checked_window
from anyqpu.core.client import Client
from anyqpu.core.sessions import SessionBlock
from anyqpu.core.values import text
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.money import Money
from anyqpu.model.program import Program, ProgramFormat, ProgramSource
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu.model.session import OnExit, Session
from anyqpu.paging import Pager
from anyqpu.providers.scaleway.adapter import ScalewayAdapter, SubmitOptions
from anyqpu.providers.scaleway.mapping import PROCESS, retagged
from anyqpu.providers.scaleway.requirements import BookingDemand
from anyqpu.providers.scaleway.resources.applications import Applications
from anyqpu.providers.scaleway.resources.models import ComputationModel, Models, programs_in
from anyqpu.providers.scaleway.resources.processes import Processes
from anyqpu.providers.scaleway.resources.sessions import Duration, shortest_of
from anyqpu.transport import exchange

if TYPE_CHECKING:
    from anyqpu_raw.scaleway.client import RawClient

    from anyqpu.model.native import TranspileOptions
    from anyqpu.transport.send_guard import BeforeSend


class ScalewayClient(Client):
    """Scaleway Quantum as a Service: platforms on which a session is opened, and jobs in sessions.

    Its operations are those of specs/scaleway/final.json; `raw` has each of them.

    Attributes:
        models: Programs that are kept, for jobs to name.
        applications: Hybrid computations that Scaleway runs.
        processes: Runs of applications, awaited like jobs.
    """

    raw: RawClient
    models: Models
    applications: Applications
    processes: Processes

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._scaleway = adapter = cast("ScalewayAdapter", self._adapter)
        self.models, self.applications, self.processes = adapter.models, adapter.applications, adapter.processes
        # The names of version 1.
        self.model, self.create_model = adapter.models.get, adapter.models.create
        self.model_payload, self.model_programs = adapter.models.payload, adapter.models.programs
        self.application = adapter.applications.get
        self.process, self.get_process = adapter.processes.start, adapter.processes.get
        self.update_process, self.cancel_process = adapter.processes.update, adapter.processes.cancel
        self.delete_process, self.process_results = adapter.processes.delete, adapter.processes.results
        self.job_results = adapter.results.list
        self.update_session, self.wait_for_session = adapter.sessions.update, adapter.sessions.wait
        self.session_access, self.delete_session = adapter.sessions.access, adapter.sessions.delete
        self.update_reservation, self.session_of = adapter.reservations.update, adapter.reservations.session_of

    # Jobs

    @suggests_keywords
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource] | None = None,
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: str | Session | None = None,
        key: str | None = None,
        timeout: float | None = None,
        max_cost: Money | None = None,
        parameters: Mapping[str, Any] | None = None,
        transpile: bool | int | TranspileOptions = False,
        before_send: BeforeSend | None = None,
        model: str | ComputationModel | None = None,
        max_duration: Duration | None = None,
    ) -> Job:
        """Submit a program; returns as soon as the job exists (CreateModel, CreateJob). It is sent once.

        Args:
            program: OpenQASM, or what the platform takes natively (Cirq's, Pulser's or Perceval's): its text or
                object, or the path of a file. A language that the platform does not take (`device.formats`) is
                converted where that is exact (extra `convert`). Gate-model platforms take a list of several, at most
                `device.max_circuits`, as one job; `result.items` is in its order.
            device: The platform, by its name, such as `"EMU-AER-16C-128M"`, or its identifier.
            shots: How often to run it, or each of several, at most the device's `shots_max`.
            name: For your own use; Scaleway requires one, so one is made up if it is None.
            tags: For your own use.
            session: A session on this device, or its identifier. Without it one is opened, which other submits of
                this client to the device share. It is terminated when this client has seen the last of their jobs
                end, or cancelled it, and by itself when it has been idle for 60 s.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`, which travels as a tag. If a job of
                the project has it, that one is returned, and nothing is submitted (ListJobs). None: one is made up.
            timeout: Seconds for the whole call, including the wait for a session to take jobs. The last quarter, at
                most 5 s, is kept for finding the job where its response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            parameters: For a gate-model program, values of the parameters that it declares, such as `{"theta": 0.3}`
                for `input float[64] theta;` in OpenQASM 3, and the platform's `{"options": {...}}`. Otherwise what
                the platform takes besides, such as `{"variables": {...}}` for a sequence of Pulser's, or
                `{"input_state": "|1,0,1>"}` for a circuit of Perceval's.
            transpile: Turn OpenQASM or a Qiskit circuit into the device's native gates first, with Qiskit (extra
                `qiskit`). True, a level from 0 to 3, or `TranspileOptions`; see `native_programs`.
            before_send: Awaited once, right before the request that submits the job; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket. With
                an attribute `is_first` that is true, a key of yours is not looked for first: you know that it is new.
            model: A model to run instead of a program, or its identifier: what `models.create` returned, or the
                `raw.model_id` of an earlier job.
            max_duration: Seconds, or a `timedelta`, that the job may run.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device, session or model.
            WaitTimeoutError: The session did not start in time; no job was submitted.
            ConflictError: The session has ended; no job was submitted.
            ConflictError: The key is already used for other content; `handle` is that of its job.
            SubmissionUnknownError: The job may exist, but was not found.
        """
        submission = Submission(
            program=program,
            device=device,
            own_key=key,
            shots=shots,
            name=name,
            tags=tags,
            session=session,
            timeout=timeout,
            max_cost=max_cost,
            before_send=before_send,
            parameters=parameters,
            transpile=transpile,
            options=SubmitOptions(model=model, max_duration=max_duration),
        )
        return await self._submit(submission, timeout=timeout)

    def jobs(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        session: str | Session | None = None,
        tags: Sequence[str] = (),
    ) -> Pager[Job]:
        """List the jobs of the project or a session, newest first, perhaps only those with tags (ListJobs).

        `device_id` is None where a job's session has not been seen by this client, since Scaleway says it only there.
        """
        return self._scaleway.jobs(page_size=page_size, resume_token=resume_token, session=session, tags=tags)

    async def update_job(self, job: Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a job's name or tags; what is None stays as it is (UpdateJob, or UpdateProcess)."""
        if job.kind == PROCESS:
            return await self.processes.update(job, name=name, tags=tags)
        body = UpdateJobBody()
        if name is not None:
            body.name = name
        if tags is not None:
            body.tags = retagged(tags, job.key, getattr(job.raw, "tags", None))
        return await self._jobs.saw(await self._scaleway.changed(job, await self.raw.update_job(job.id, body=body)))

    async def delete_job(self, job: Job) -> None:
        """Delete a job, or process, with its results (DeleteJob, DeleteProcess)."""
        await (self.raw.delete_process(job.id) if job.kind == PROCESS else self.raw.delete_job(job.id))
        await self._context.own_sessions.gave_up(job)

    async def job_programs(self, job: Job) -> tuple[Program, ...]:
        """Return what a job runs: its circuit, or the programs of its model (GetJobCircuit, GetModel and its link).

        Raises:
            ResultDecodeError: Its form is unknown.
        """
        circuit = await self.raw.get_job_circuit(job.id)
        details = exchange.details("scaleway")
        if perceval_job := text(circuit.perceval_circuit):
            return (Program(perceval_job, ProgramFormat.PERCEVAL_JSON),)
        if packed := text(circuit.qiskit_circuit):
            return await programs_in(packed, "the circuit", details)
        raw = await self.raw.get_job(job.id) if job.raw is None else job.raw
        model = text(getattr(raw, "model_id", None))
        return await self.models.programs(model) if model else ()

    # Sessions

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        tags: Sequence[str] = (),
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        parameters: str | None = None,
        model: str | None = None,
        booking: BookingDemand | None = None,
    ) -> SessionBlock:
        """Open a session for the length of a block (CreateSession, TerminateSession).

        It is billed from its start to its end. Terminating a session cancels the jobs in it; so with `drain` the block
        waits for those that it submitted.

        Args:
            device: The platform it is on.
            on_exit: Whether its jobs finish, are cancelled, or continue with the session when the block ends.
            tags: For your own use.
            name: For your own use.
            max_duration: Seconds, or a `timedelta`, after which it ends by itself; without it what the cloud sets (59
                minutes), or the length of the booking.
            max_idle: Seconds without a job after which it ends by itself.
            parameters: What the platform takes besides, as text.
            model: Identifier of the model that jobs run which bring none.
            booking: A window for which the platform is booked; the session starts when that does.
        """
        options = {"name": name, "max_duration": max_duration, "max_idle": max_idle, "parameters": parameters}
        return SessionBlock(self, device, on_exit, tags=tags, model=model, booking=booking, **options)

    async def open_session(
        self,
        device: str | Device,
        *,
        tags: Sequence[str] = (),
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        parameters: str | None = None,
        model: str | None = None,
        booking: BookingDemand | None = None,
        deduplication_id: str | None = None,
    ) -> Session:
        """Open a session that stays until it is terminated or its time is over (CreateSession); see `session`.

        Args:
            device: The platform it is on.
            tags: As the following arguments, those of `session`.
            name: See `session`.
            max_duration: See `session`.
            max_idle: See `session`.
            parameters: See `session`.
            model: See `session`.
            booking: See `session`.
            deduplication_id: If a session with it is starting or running, that one is returned as it is, whatever the
                other arguments say. Without it a new one is made up, so that a lost response never costs a second
                session.

        Raises:
            BudgetExceededError: The lowest possible cost of a session is above `max_cost` of `connect`, or unknown.
            SubmissionUnknownError: The session may be open, but was not found.
            ValidationError: Something is not acceptable, or the platform's rules do not allow the booking; nothing was
                opened if `status_code` is None.
            ReservationUnavailableError: The time is booked already.
            PermissionDeniedError: A quota is exhausted.
        """
        check_device(device, self.provider)
        if booking is None:
            await budget.check_session(self._scaleway, device, shortest=shortest_of(max_idle, max_duration))
        else:
            await budget.check_window(self._scaleway, device, booking.start, booking.end)
        return await self._scaleway.sessions.open(
            device,
            tags=tags,
            name=name,
            max_duration=max_duration,
            max_idle=max_idle,
            parameters=parameters,
            model=model,
            booking=booking,
            deduplication_id=deduplication_id,
        )

    def sessions(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        device: str | Device | None = None,
        tags: Sequence[str] = (),
    ) -> Pager[Session]:
        """List the project's sessions, newest first, perhaps those on a platform or with tags (ListSessions)."""
        return self._scaleway.sessions.list(page_size=page_size, resume_token=resume_token, device=device, tags=tags)

    # Bookings

    async def reserve(
        self,
        device: str | Device | AvailableSlot,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
        description: str | None = None,
        time_zone: str | None = None,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        model: str | None = None,
        deduplication_id: str | None = None,
    ) -> Reservation:
        """Book a platform by opening a session for that time (CreateSession, GetBooking).

        Submit to it with `session=reservation.session_id`; such a job waits until the session runs. The session lasts
        as long as the window, idle or not, unless `max_duration` and `max_idle` say otherwise.

        Args:
            device: A platform with `is_bookable`, with `start` and `end`; `booking_rules` has its rules, which are
                checked first.
            start: When the window begins, with a time zone.
            end: When it ends.
            notes: Description of the booking, for people.
            description: The same, by its name in version 1.
            time_zone: The zone that people think of it in, such as `Europe/Paris`; UTC if None.
            name: Of the session, as the arguments after it, which are those of `open_session`.
            max_duration: See `session`.
            max_idle: See `session`.
            tags: See `session`.
            parameters: See `session`.
            model: See `session`.
            deduplication_id: If a session with it is starting or running, its booking is returned as it is, and
                nothing is booked. Without it a new one is made up, so that a lost response never books twice.

        Raises:
            BudgetExceededError: The price of the window is above `max_cost` of `connect`, or unknown.
            ValidationError: The device cannot be booked so; nothing was sent if `status_code` is None.
            ReservationUnavailableError: The time is taken.
            PermissionDeniedError: There are too many bookings on that day or in that week.
        """
        notes = description if notes is None else notes
        _, begins, ends = checked_window(device, start, end, notes, self.provider)
        await budget.check_window(self._scaleway, device, begins, ends)
        return await self._scaleway.reservations.reserve(
            device,
            start=start,
            end=end,
            notes=notes,
            time_zone=time_zone,
            name=name,
            max_duration=max_duration,
            max_idle=max_idle,
            tags=tags,
            parameters=parameters,
            model=model,
            deduplication_id=deduplication_id,
        )
