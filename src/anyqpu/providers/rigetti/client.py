"""The client of Rigetti Quantum Cloud Services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast, overload

from anyqpu.core import budget
from anyqpu.core.adapter import Submission
from anyqpu.core.arguments import suggests_keywords
from anyqpu.core.client import Client
from anyqpu.core.submit_timeout import within_timeout
from anyqpu.providers.rigetti.adapter import PatchValues, RigettiAdapter, SubmitOptions
from anyqpu.providers.rigetti.gateways import ExecutionProtocol
from anyqpu.providers.rigetti.resources.accounts import Accounts
from anyqpu.providers.rigetti.resources.billing import Billing
from anyqpu.providers.rigetti.resources.endpoints import Endpoints
from anyqpu.providers.rigetti.resources.engagements import Engagements
from anyqpu.providers.rigetti.resources.groups import Groups
from anyqpu.providers.rigetti.resources.processors import Processors
from anyqpu.providers.rigetti.resources.reservations import window_of

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.model.batch import Batch
    from anyqpu.model.calibration import Calibration
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money
    from anyqpu.model.native import TranspileOptions
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.reservation import AvailableSlot, Reservation
    from anyqpu.model.session import Session
    from anyqpu.paging import Pager
    from anyqpu.providers.rigetti.filters import Filter
    from anyqpu.providers.rigetti.records import AccountType, Endpoint
    from anyqpu.providers.rigetti.resources.reservations import OrderBy
    from anyqpu.transport.send_guard import BeforeSend


class RigettiClient(Client):
    """Rigetti Quantum Cloud Services: processors, jobs on them, and reservations. Jobs take the extra `rigetti`.

    Its operations are those of specs/rigetti/final.json; `raw` has each of them.

    Attributes:
        accounts: The user of the token.
        billing: Credit and invoices.
        endpoints: The ways to processors.
        engagements: Access to endpoints.
        groups: Users with an account in common.
        processors: Calibrations, accessors, maintenance, pulses and translation.
    """

    raw: RawClient
    accounts: Accounts
    billing: Billing
    endpoints: Endpoints
    engagements: Engagements
    groups: Groups
    processors: Processors

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._rigetti = adapter = cast("RigettiAdapter", self._adapter)
        self.processors = adapter.processors
        self.engagements = adapter.engagements
        self.endpoints = Endpoints(adapter)
        self.accounts = Accounts(self._context)
        self.billing = Billing(self._context, self.accounts)
        self.groups = Groups(self._context, self.accounts)
        # Names of version 1.
        self.isa = self.processors.isa
        self.quilt_calibrations = self.processors.quilt_calibrations
        self.translate = self.processors.translate
        self.engage = self.engagements.engage
        self.endpoint = self.endpoints.get
        self.default_endpoint = self.endpoints.default
        self.create_endpoint = self.endpoints.create
        self.delete_endpoint = self.endpoints.delete
        self.restart_endpoint = self.endpoints.restart
        self.wait_for_endpoint = self.endpoints.wait
        self.user = self.accounts.user
        self.balance = self.billing.balance
        self.billing_customer = self.billing.customer
        self.invoices = self.billing.invoices
        self.invoice_lines = self.billing.invoice_lines
        self.upcoming_invoice = self.billing.upcoming_invoice
        self.group_members = self.groups.members
        self.add_to_group = self.groups.add
        self.remove_from_group = self.groups.remove

    async def calibration(self, device: str | Device) -> Calibration:
        """Return how well each qubit and each pair of a processor works (GetInstructionSetArchitecture).

        `sites` has every value of the instruction set architecture, instructions first, then benchmarks; durations such
        as T1 are in seconds. `topology` has qubits and couplings.

        Raises:
            NotFoundError: There is no such processor.
        """
        return cast("Calibration", await super().calibration(device))

    # Jobs

    @overload
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
        parameters: Mapping[str, object] | None = None,
        transpile: bool | int | TranspileOptions = False,
        before_send: BeforeSend | None = None,
        patch_values: PatchValues | None = None,
        endpoint: str | Endpoint | None = None,
        execution: ExecutionProtocol | None = None,
    ) -> Job: ...
    @overload
    async def submit(
        self,
        program: ProgramSource,
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        key: str | None = None,
        timeout: float | None = None,
        max_cost: Money | None = None,
        before_send: BeforeSend | None = None,
        patch_values: Sequence[PatchValues],
        endpoint: str | Endpoint | None = None,
        execution: ExecutionProtocol | None = None,
    ) -> Batch: ...
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
        parameters: Mapping[str, object] | None = None,
        transpile: bool | int | TranspileOptions = False,
        before_send: BeforeSend | None = None,
        patch_values: PatchValues | Sequence[PatchValues] | None = None,
        endpoint: str | Endpoint | None = None,
        execution: ExecutionProtocol | None = None,
    ) -> Job | Batch:
        """Execute a program; returns when the service has queued it. Takes the extra `rigetti`.

        Over gRPC it is translated (TranslateQuilToEncryptedControllerJob) and executed (ExecuteControllerJob) with an
        idempotency key, so that a lost response leaves one job. Over ZeroMQ it is translated
        (TranslateNativeQuilToEncryptedBinary), engaged for (CreateEngagement), and sent once.

        Args:
            program: Native Quil, as text, the path of a file, or an object of pyQuil. One in each job.
            device: The processor.
            shots: How often to run it.
            name: For your own use; Rigetti keeps neither this nor `tags`, the job does.
            tags: For your own use.
            session: Rigetti has none; `reserve` sets time aside.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`: a second submit with it returns the
                same job, from any process; over ZeroMQ from this client only. None: one is made up.
            timeout: Seconds for the whole call, over ZeroMQ including the wait for an endpoint that is busy, which
                takes any time without it.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            parameters: Quil has none; `patch_values` fills the program's memory.
            transpile: Turn OpenQASM or a Qiskit circuit into the device's native gates first, with Qiskit (extra
                `qiskit`). True, a level from 0 to 3, or `TranspileOptions`; see `native_programs`.
            before_send: Awaited once, right before the request that submits the job; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket. With
                an attribute `is_first` that is true, a key of yours is not looked for first: you know that it is new.
            patch_values: Numbers for the program's memory, by region, such as `{"theta": [0.5]}`. A region that is
                left out is filled with 0. A list of these is a sweep: one translation is executed for each, and a
                `Batch` is returned.
            endpoint: The endpoint, in place of the processor's accessors or default endpoint.
            execution: `"grpc"` or `"zeromq"`. Without it, gRPC where the processor has a live accessor or its endpoint
                a gRPC address, and ZeroMQ where the endpoint has only that.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            UnsupportedOperationError: The extra is not installed.
            ValidationError: Something is not acceptable; nothing was executed.
            NotFoundError: There is no such processor or endpoint.
            WaitTimeoutError: The endpoint stayed busy; nothing was executed.
            AuthenticationError: The endpoint has another key than the engagement says, or refuses ours.
            ConnectError: The endpoint cannot be reached.
            ConflictError: The key is already used for other content; `handle` is that of its job.
            ServiceUnavailableError: The processor takes no programs now.
            SubmissionUnknownError: Over ZeroMQ, the connection was lost before there was a response.
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
            options=SubmitOptions(patch_values, endpoint, execution),
        )
        if isinstance(patch_values, Sequence) and not isinstance(patch_values, str):
            return await self._sweep(submission, timeout=timeout)
        return await self._submit(submission, timeout=timeout)

    @within_timeout
    async def _sweep(self, submission: Submission, *, timeout: float | None) -> Batch:
        return await self._rigetti.sweeps.submit(submission)

    async def resume_batch(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted (GetControllerJobStatus).

        Raises:
            ValidationError: The text is not the handle of a batch at Rigetti.
            NotFoundError: Rigetti does not know its jobs any more.
        """
        return await self._rigetti.sweeps.resume(handle)

    # Reservations

    def reservations(
        self,
        device: str | Device | None = None,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        filter: Filter | str | None = None,
        order: OrderBy | None = None,
        show_deleted: bool = False,
        group: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
    ) -> Pager[Reservation]:
        """List your reservations, or those of a group, newest first (ListReservations, ListGroupReservations).

        Args:
            device: Only those of this processor.
            page_size: Reservations per request; None: 100.
            resume_token: `resume_token` of a pager of the same list.
            filter: Such as `(F.start_time >= now) & (F.price <= 5000)`, or text in Rigetti's own language.
            order: Another order, such as `F.start_time.desc()`, or several of these.
            show_deleted: List those that were cancelled, too.
            group: Name of a group, all of whose reservations are listed.
            account_id: Account to list those of: a user's id, or the name of a group. None: that of the client.
            account_type: Whether that is a user or a group.

        Raises:
            ValidationError: The filter or the order is not valid.
        """
        return self._rigetti.reservations.list(
            device,
            page_size=page_size,
            resume_token=resume_token,
            filter=filter,
            order=order,
            show_deleted=show_deleted,
            group=group,
            account_id=account_id,
            account_type=account_type,
        )

    @within_timeout
    async def reserve(
        self,
        device: str | Device | AvailableSlot,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        timeout: float | None = None,
    ) -> Reservation:
        """Reserve time on a processor (CreateReservation). It costs money, and is sent once.

        Where the response is lost, the reservation is searched for by its processor and times (ListReservations).

        Args:
            device: The processor, with `start` and `end`; or what `find_slots` returned, without them.
            start: When it begins, with a time zone.
            end: When it ends.
            notes: For people.
            account_id: The account that pays: a user's id, or the name of a group. None: that of the client.
            account_type: Whether that is a user or a group.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the reservation
                where its response is lost.

        Raises:
            BudgetExceededError: The price of the window is above `max_cost` of `connect`, or unknown.
            ReservationUnavailableError: The time is taken.
            PaymentRequiredError: The account's balance does not cover it.
            ValidationError: Something is not acceptable; nothing was reserved.
            SubmissionUnknownError: It may be reserved or not.
        """
        _, begins, ends = window_of(device, start, end, notes)
        await budget.check_window(self._rigetti, device, begins, ends)
        return await self._rigetti.reservations.reserve(
            device,
            start=start,
            end=end,
            notes=notes,
            account_id=account_id,
            account_type=account_type,
            timeout=timeout,
        )
