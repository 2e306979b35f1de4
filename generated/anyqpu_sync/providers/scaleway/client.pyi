"""Types of the blocking classes of `anyqpu.providers.scaleway.client`. Written by scripts/sync."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from anyqpu_sync.core.client import Client
from anyqpu_sync.core.sessions import SessionBlock
from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager
from anyqpu_sync.providers.scaleway.resources.applications import Applications
from anyqpu_sync.providers.scaleway.resources.models import Models
from anyqpu_sync.providers.scaleway.resources.processes import Processes
from anyqpu_sync.raw.scaleway.client import RawClient

from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.native import TranspileOptions
from anyqpu.model.polling import PollPolicy
from anyqpu.model.program import Program, ProgramSource
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu.model.result import Result
from anyqpu.model.session import OnExit, Session
from anyqpu.providers.scaleway.requirements import BookingDemand
from anyqpu.providers.scaleway.resources.applications import Application
from anyqpu.providers.scaleway.resources.models import ComputationModel
from anyqpu.providers.scaleway.resources.sessions import Duration
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
    def submit(
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
        ...
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
        ...
    def update_job(self, job: Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a job's name or tags; what is None stays as it is (UpdateJob, or UpdateProcess)."""
        ...
    def delete_job(self, job: Job) -> None:
        """Delete a job, or process, with its results (DeleteJob, DeleteProcess)."""
        ...
    def job_programs(self, job: Job) -> tuple[Program, ...]:
        """Return what a job runs: its circuit, or the programs of its model (GetJobCircuit, GetModel and its link).

        Raises:
            ResultDecodeError: Its form is unknown.
        """
        ...
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
        ...
    def open_session(
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
        ...
    def sessions(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        device: str | Device | None = None,
        tags: Sequence[str] = (),
    ) -> Pager[Session]:
        """List the project's sessions, newest first, perhaps those on a platform or with tags (ListSessions)."""
        ...
    def reserve(
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
        ...
    def model(self, id: str) -> ComputationModel:
        """Return a model by its identifier (GetModel); raises `NotFoundError` if it does not exist."""
        ...
    def create_model(self, *programs: ProgramSource, device: str | Device) -> ComputationModel:
        """Upload a program, or several that one job runs, without running anything (CreateModel).

        Args:
            programs: As for `submit`; several only in OpenQASM, at most the device's `max_circuits`.
            device: The platform that they are for.

        Raises:
            ValidationError: Something is not acceptable; nothing was uploaded if `status_code` is None.
            NotFoundError: There is no such device.
        """
        ...
    def model_payload(self, model: str | ComputationModel) -> str:
        """Return the payload of a model, as it was uploaded (GetModel, and the link in it).

        Raises:
            NotFoundError: There is no such model.
            ResultNotAvailableError: It has no link.
        """
        ...
    def model_programs(self, model: str | ComputationModel) -> tuple[Program, ...]:
        """Return the programs in a model (GetModel, and the link in it).

        Raises:
            ResultDecodeError: Its form is unknown; `payload` returns it as it is.
        """
        ...
    def application(self, id: str) -> Application:
        """Return an application by its identifier or its name, such as `vqe` (GetApplication, ListApplications).

        Raises:
            NotFoundError: It does not exist; the hint names those that do.
        """
        ...
    def process(
        self,
        application: str | Application,
        *,
        device: str | Device,
        input: Mapping[str, Any] | str | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        timeout: float | None = None,
        max_cost: Money | None = None,
    ) -> Job:
        """Run an application; returns as soon as the process exists (CreateProcess). It is sent once.

        It returns a job of the kind `process`: `wait`, `result`, `events`, `cancel` and its handle are those of
        any job. It opens sessions of its own, which cost what they cost.

        Args:
            application: Its name, such as `"vqe"`, or its identifier.
            device: A platform that it runs on, by name or identifier.
            input: What it computes, in the form of `application.input_template`; None is for the cloud to fill in.
            name: For your own use.
            tags: For your own use.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the process
                where its response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`. The lowest possible cost is that of
                one session.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was started.
            ValidationError: Something is not acceptable; nothing was started if `status_code` is None.
            NotFoundError: There is no such application or device.
            SubmissionUnknownError: It may have started, but was not found.
        """
        ...
    def get_process(self, id: str) -> Job:
        """Return a process by its identifier (GetProcess); raises `NotFoundError` if it does not exist."""
        ...
    def update_process(self, process: str | Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a process's name or tags; what is None stays as it is (UpdateProcess)."""
        ...
    def cancel_process(self, process: str | Job) -> Job:
        """Cancel a process; its intermediate results stay (CancelProcess). Return it as it is then."""
        ...
    def delete_process(self, process: str | Job) -> None:
        """Delete a process with all its data (DeleteProcess)."""
        ...
    def process_results(
        self, process: str | Job, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Result]:
        """List the results that a process gave so far, intermediate ones first (ListProcessResults).

        Each is in `raw`, parsed where it is JSON.
        """
        ...
    def job_results(self, job: Job, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Result]:
        """List the results that a job gave so far, oldest first: intermediate and final ones (ListJobResults).

        A job of several circuits has one for each. Large ones are downloaded, with the page that they are on.

        Raises:
            ResultDecodeError: One has another form than expected.
            ResultLinkExpiredError: Its link was used too late; list them again.
        """
        ...
    def update_session(
        self,
        session: Session,
        *,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] | None = None,
    ) -> Session:
        """Change a session; what is None stays as it is (UpdateSession). Durations are seconds or `timedelta`.

        Raises:
            ConflictError: It has ended, and its durations cannot be changed.
        """
        ...
    def wait_for_session(
        self,
        session: Session,
        *,
        timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Session], object] | None = None,
    ) -> Session:
        """Return a session once it takes jobs (GetSession); with a booking that is when its window begins (GetBooking).

        Args:
            session: The session.
            timeout: Seconds; None: no limit.
            poll: How often to poll.
            on_update: Called at the first poll and at each change of its status.

        Raises:
            WaitTimeoutError: The time is over; the session keeps running, and costs.
            ConflictError: It has ended.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """
        ...
    def session_access(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[str]:
        """List what you may do with a session, such as `full` or `read_job_result` (ListSessionAcls).

        Rights are given in Scaleway's IAM; this API only lists them.
        """
        ...
    def delete_session(self, session: Session) -> None:
        """Delete a session with its jobs and their results (DeleteSession)."""
        ...
    def update_reservation(self, reservation: str | Reservation, *, description: str) -> Reservation:
        """Change the description of a booking (UpdateBooking); its time cannot be changed."""
        ...
    def session_of(self, reservation: str | Reservation) -> Session:
        """Return the session of a booking (GetSession if this client has seen it, ListSessions otherwise).

        Raises:
            NotFoundError: None of the project's sessions has it.
        """
        ...
