"""The client of a provider: the verbs that mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_texts, checked_time, suggests_keywords
from anyqpu.core.base import BaseClient
from anyqpu.core.checks import check_device, check_session, checked_id, checked_submission, checked_window, naming
from anyqpu.core.keys import checked_key, checked_keys
from anyqpu.core.submit_timeout import within_timeout
from anyqpu.errors import AnyQPUError

if TYPE_CHECKING:
    from anyqpu.core import adapter as adapters
    from anyqpu.core import budget, origins
    from anyqpu.core import reservations as booking
    from anyqpu.core import sessions as blocks
    from anyqpu.core.adapter import ReservationAdapter, SessionAdapter, Submission
    from anyqpu.core.sessions import SessionBlock
    from anyqpu.model import cost
    from anyqpu.model.calibration import Calibration, Topology
    from anyqpu.model.cost import CostEstimate
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money
    from anyqpu.model.native import TranspileOptions
    from anyqpu.model.polling import PollPolicy
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.reservation import AvailableSlot, Reservation
    from anyqpu.model.session import OnExit, Session
    from anyqpu.paging import Pager
    from anyqpu.transport.send_guard import BeforeSend
else:
    adapters, blocks, booking, budget, origins = (
        LazyModule(f"anyqpu.core.{name}") for name in ("adapter", "sessions", "reservations", "budget", "origins")
    )
    cost = LazyModule("anyqpu.model.cost")


class Client(BaseClient):
    """A client of one provider. Use it as `async with anyqpu.connect(...) as client`.

    The verbs below mean the same at every provider. One that a provider lacks raises `UnsupportedOperationError`, which
    names the nearest thing that it has; `capabilities` says the same as data.

    Attributes:
        spec: The provider's description.
        capabilities: What the provider can do with what is installed.
        raw: Every operation of the provider's API document, by its operationId in snake_case, awaited and typed.
        settings: What the client was made with; `settings.origin("token")` says where a value came from.
    """

    # Devices

    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        """List the devices that these credentials may use.

        Args:
            page_size: Devices per request; None: the provider's usual number.
            resume_token: `resume_token` of a pager of the same list.
        """
        with naming(self.provider):
            return self._adapter.devices(page_size=page_size, resume_token=resume_token)

    async def device(self, id: str) -> Device:
        """Return a device by its identifier.

        Raises:
            NotFoundError: There is no such device; the hint has the nearest name.
        """
        check_device(id, self.provider)
        return await self._adapter.device(id)

    async def calibration(self, device: str | Device) -> Calibration | None:
        """Return how well a device works; None if the provider has no calibration of it."""
        if self.capabilities.calibration:
            check_device(device, self.provider)
        return await self._adapter.calibration(device)

    async def topology(self, device: str | Device) -> Topology | None:
        """Return the qubits or traps of a device and their couplings; None if the provider does not say.

        A device that has several layouts of traps is described by the first. A `Device` that has its topology needs no
        request.

        Raises:
            NotFoundError: There is no such device.
        """
        check_device(device, self.provider)
        return await self._adapter.topology(device)

    async def estimate_cost(
        self,
        device: str | Device,
        *,
        shots: int = 0,
        circuits: int = 1,
        duration: timedelta | None = None,
        session: str | Session | None = None,
    ) -> CostEstimate:
        """Return what a job would cost by the prices of the device: `circuits` of `shots` each, or a session.

        The prices are those of `connect(prices=...)`, and else those that the provider publishes. `total` is None where
        they are unknown. `minimum` is the lowest possible cost of a submit, with the session that it opens. It takes
        one request at most, for the device.

        Args:
            device: Where it would run.
            shots: Shots of each circuit.
            circuits: Number of circuits.
            duration: Length of the session, where a device is paid by the hour.
            session: A session of yours in which it would run; `minimum` is that of the job alone then.
        """
        with naming(self.provider):
            # Before any request: arguments that cannot be are refused without prices too.
            cost.estimate(None, shots=shots, circuits=circuits, duration=duration)
            check_device(device, self.provider)
            if session is not None:
                check_session(session, self.provider)
            target = await self._adapter.target(device)
            return cost.estimate(
                budget.pricing_of(self._context, target),
                shots=shots,
                circuits=circuits,
                duration=duration,
                idle=self._adapter.idle_limit(target),
                in_session=session is not None,
            )

    # Jobs

    @suggests_keywords
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource],
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
    ) -> Job:
        """Submit a program; returns as soon as the job exists. It is sent once, whatever happens.

        Args:
            program: Its text, the path of a file, or an object of the library that it was written with. A language
                that the device does not take (`device.formats`) is converted where that is exact (extra `convert`).
                A list is one job of several programs, where the device takes that.
            device: Where to run it.
            shots: How often to run it, or each of several.
            name: For your own use.
            tags: For your own use.
            session: A session to run it in, or its identifier.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`; `job.key` has it, and `find` finds
                the job by it. A job that was submitted with it before is returned instead of another one. None: one is
                made up.
            timeout: Seconds for the whole call; the last quarter, at most 5 s, is for finding the job after an error.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            parameters: Values of the parameters that the program declares, such as `{"theta": 0.3}`.
            transpile: Transpile OpenQASM or a Qiskit circuit first, with Qiskit: True, a level, or `TranspileOptions`.
            before_send: Awaited once, right before the request that submits the job; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket. With
                an attribute `is_first` that is true, a key of yours is not looked for first: you know that it is new.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device or session.
            ConflictError: The key is already used for other content; `handle` is that of its job.
            SubmissionUnknownError: The job may exist, but was not found.
        """
        return await self._submit(
            adapters.Submission(
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
            ),
            timeout=timeout,
        )

    @within_timeout
    async def _submit(self, submission: Submission, *, timeout: float | None) -> Job:
        """Check a submission and send it once; with a key of the caller's, only if no job has that key yet."""
        submission = checked_submission(submission, self.provider)
        if submission.session is not None and not self.capabilities.sessions:
            self._context.unsupported("sessions")
        if submission.own_key is None:
            return await self._send(submission)
        return await self._keyed.submit(submission, self._send)

    async def _send(self, submission: Submission) -> Job:
        """Prepare a submission and send it once; its errors have the key, also those of a session that it opens."""
        try:
            with naming(self.provider):
                await budget.check_submission(self._adapter, submission)
                prepared = await self._prepared(submission)
            return await self._context.send_prepared(prepared, submission)
        except AnyQPUError as error:
            error.key = submission.key
            raise

    async def job(self, id: str) -> Job:
        """Return a job by its identifier; raises `NotFoundError` if it does not exist."""
        return await self._jobs.saw(await self._adapter.job(checked_id(id, "id", self.provider)))

    def jobs(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Job]:
        """List jobs, newest first; `page_size` and `resume_token` are those of `devices`."""
        with naming(self.provider):
            return self._adapter.jobs(page_size=page_size, resume_token=resume_token)

    async def find(self, key: str, since: datetime | None = None) -> Job | None:
        """Return the job that was submitted with a key; None without one.

        Lists may show a job some seconds after it was submitted: what is not found now may be found later.

        Args:
            key: The key, as `job.key` has it.
            since: How far back to look, with a time zone, however many jobs came later. None: as far as the list of
                jobs goes, which may take many requests where a provider cannot filter it.

        Raises:
            UnsupportedOperationError: The provider has no field for a key.
        """
        if not self.capabilities.find:
            self._context.unsupported("find")
        key = checked_key(key, self.provider)
        return await self._adapter.find(key, None if since is None else checked_time(since, "since", self.provider))

    async def find_many(self, keys: Collection[str], *, since: datetime | None = None) -> dict[str, Job]:
        """Return the jobs that were submitted with keys, by their keys, in as few requests as the list allows.

        Args:
            keys: The keys; one without a job is not in what is returned.
            since: As for `find`.

        Raises:
            UnsupportedOperationError: The provider has no field for a key.
        """
        if not self.capabilities.find:
            self._context.unsupported("find")
        wanted = checked_keys(keys, self.provider)
        start = None if since is None else checked_time(since, "since", self.provider)
        return await self._adapter.find_many(wanted, start) if wanted else {}

    async def resume(self, handle: JobHandle | str) -> Job:
        """Return the job that a handle stands for, which another process may have submitted.

        Raises:
            ValidationError: The text is not a handle, or one of another provider, account or address.
            NotFoundError: There is no such job, or not for these credentials.
        """
        parsed = self._checked_handle(handle)
        with naming(self.provider):
            return await self._jobs.resumed(parsed)

    def attach(self, handle: JobHandle | str) -> Job:
        """Return the job that a handle stands for without a request, to be awaited, refreshed or cancelled.

        Its status is `unknown` with an empty `raw_status`, and what the handle does not say is None. `resume` fetches
        the job.

        Raises:
            ValidationError: As for `resume`.
        """
        return self._adapter.attach(self._checked_handle(handle))

    def _checked_handle(self, handle: JobHandle | str) -> JobHandle:
        checked = origins.checked_handle(handle, self._context)
        self._adapter.check_kind(checked)
        return checked

    async def delete_job(self, job: Job) -> None:
        """Delete a job with its results, where the provider can."""
        await self._adapter.delete(job)
        await self._context.own_sessions.gave_up(job)

    # Sessions

    def session(self, *, device: str | Device, on_exit: OnExit = "drain", tags: Sequence[str] = ()) -> SessionBlock:
        """Open a session for the length of a block, `async with client.session(device=...) as session`.

        Args:
            device: Where its jobs run.
            on_exit: Whether its jobs finish, are cancelled, or keep running with the session when the block ends.
            tags: For your own use.
        """
        self._sessions()
        check_device(device, self.provider)
        return blocks.SessionBlock(self, device, on_exit, tags=tags)

    async def open_session(self, device: str | Device, *, tags: Sequence[str] = ()) -> Session:
        """Open a session, which stays until it is closed or its time is over; `session` is the safer way.

        Raises:
            BudgetExceededError: The lowest possible cost of a session is above `max_cost` of `connect`, or unknown.
            SubmissionUnknownError: The session may be open, but was not found.
        """
        sessions = self._sessions()
        check_device(device, self.provider)
        texts = checked_texts(tags, "tags", self.provider)
        await budget.check_session(self._adapter, device)
        return await sessions.open(device, tags=texts)

    async def get_session(self, id: str) -> Session:
        """Return a session by its identifier."""
        return await self._sessions().get(checked_id(id, "id", self.provider))

    def sessions(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Session]:
        """List sessions, newest first where the provider has an order."""
        with naming(self.provider):
            return self._sessions().list(page_size=page_size, resume_token=resume_token)

    def session_jobs(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """List the jobs of a session."""
        sessions = self._sessions()
        check_session(session, self.provider)
        with naming(self.provider):
            return sessions.jobs(session, page_size=page_size, resume_token=resume_token)

    async def drain_session(self, session: Session) -> Session:
        """Let a session take no more jobs; those that it has finish."""
        sessions = self._sessions()
        if not self.capabilities.drain:
            self._context.unsupported("drain")
        return await sessions.drain(session)

    async def close_session(self, session: Session) -> None:
        """End a session."""
        await self._sessions().close(session)
        self._context.own_sessions.ended(session.id)

    def _sessions(self) -> SessionAdapter:
        return self._adapter.sessions or self._context.unsupported("sessions")

    # Reservations

    def reservations(
        self, device: str | Device | None = None, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Reservation]:
        """List reservations, perhaps only those of a device; newest first where the provider has an order."""
        with naming(self.provider):
            return self._reservations().list(device, page_size=page_size, resume_token=resume_token)

    async def reservation(self, id: str) -> Reservation:
        """Return a reservation by its identifier; raises `NotFoundError` if it does not exist."""
        return await self._reservations().get(id)

    def find_slots(
        self,
        device: str | Device,
        *,
        start: datetime,
        duration: timedelta | float,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[AvailableSlot]:
        """List windows that can be reserved, the earliest first.

        Args:
            device: The device.
            start: Earliest beginning, with a time zone.
            duration: Length, as a `timedelta` or in seconds.
            page_size: Windows per request. The list is long: take `first()`, or leave the loop.
            resume_token: As for `devices`.
        """
        return self._adapter.find_slots(
            device, start=start, duration=duration, page_size=page_size, resume_token=resume_token
        )

    async def reserve(
        self,
        device: str | Device | AvailableSlot,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
    ) -> Reservation:
        """Reserve time on a device from `start` to `end`, which have a time zone; `notes` are for people.

        `device` may be a window of `find_slots`, without `start` and `end`. It is sent once, and costs what the
        device's prices say.

        Raises:
            BudgetExceededError: The price of the window is above `max_cost` of `connect`, or unknown.
        """
        reservations = self._reservations()
        target, begins, ends = checked_window(device, start, end, notes, self.provider)
        await budget.check_window(self._adapter, device, begins, ends)
        return await reservations.reserve(target, start=begins, end=ends, notes=notes)

    async def cancel_reservation(self, reservation: str | Reservation) -> Reservation:
        """Give reserved time back."""
        return await self._reservations().cancel(reservation)

    async def wait_for_reservation(
        self,
        reservation: str | Reservation,
        *,
        until: booking.Until = "confirmed",
        timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Reservation], object] | None = None,
    ) -> Reservation:
        """Return a reservation once it is confirmed, its window has begun, or its window has ended.

        Args:
            reservation: The reservation, or its identifier.
            until: `confirmed`, `start` or `end`.
            timeout: Seconds; None: no limit.
            poll: How often to poll.
            on_update: Called at the first poll and at each change of the status.

        Raises:
            WaitTimeoutError: The time is over; the reservation stays.
            ConflictError: It was cancelled or refused.
        """
        owner, context = self._reservations(), self._context
        return await booking.wait(
            owner, reservation, context, until=until, timeout=timeout, poll=poll, on_update=on_update
        )

    def _reservations(self) -> ReservationAdapter:
        return self._adapter.reservations or self._context.unsupported("reservations")
