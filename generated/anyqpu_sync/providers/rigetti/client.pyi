"""Types of the blocking classes of `anyqpu.providers.rigetti.client`. Written by scripts/sync."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import overload

from anyqpu_raw.rigetti.models.instruction_set_architecture import InstructionSetArchitecture
from anyqpu_sync.core.client import Client
from anyqpu_sync.model.batch import Batch
from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager
from anyqpu_sync.providers.rigetti.resources.accounts import Accounts
from anyqpu_sync.providers.rigetti.resources.billing import Billing
from anyqpu_sync.providers.rigetti.resources.endpoints import Endpoints
from anyqpu_sync.providers.rigetti.resources.engagements import Engagements
from anyqpu_sync.providers.rigetti.resources.groups import Groups
from anyqpu_sync.providers.rigetti.resources.processors import Processors
from anyqpu_sync.raw.rigetti.client import RawClient

from anyqpu.model.calibration import Calibration
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.native import TranspileOptions
from anyqpu.model.polling import PollPolicy
from anyqpu.model.program import ProgramSource
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu.model.session import Session
from anyqpu.providers.rigetti.adapter import PatchValues
from anyqpu.providers.rigetti.filters import Filter
from anyqpu.providers.rigetti.gateways import ExecutionProtocol
from anyqpu.providers.rigetti.records import (
    AccountType,
    BillingCustomer,
    Endpoint,
    Engagement,
    Group,
    Invoice,
    InvoiceLine,
    QuiltCalibrations,
    Translation,
    User,
)
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
    def calibration(self, device: str | Device) -> Calibration:
        """Return how well each qubit and each pair of a processor works (GetInstructionSetArchitecture).

        `sites` has every value of the instruction set architecture, instructions first, then benchmarks; durations such
        as T1 are in seconds. `topology` has qubits and couplings.

        Raises:
            NotFoundError: There is no such processor.
        """
        ...
    @overload
    def submit(
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
    def submit(
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
    def resume_batch(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted (GetControllerJobStatus).

        Raises:
            ValidationError: The text is not the handle of a batch at Rigetti.
            NotFoundError: Rigetti does not know its jobs any more.
        """
        ...
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
        ...
    def reserve(
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
        ...
    def isa(self, device: str | Device) -> InstructionSetArchitecture:
        """Return the instruction set architecture of a processor (GetInstructionSetArchitecture).

        `calibration` has the same in the common form.

        Raises:
            NotFoundError: There is no such processor; the hint has the nearest name.
        """
        ...
    def quilt_calibrations(self, device: str | Device) -> QuiltCalibrations:
        """Return the pulses of a processor's gates, as Quil-T.

        Over gRPC where programs are executed so (GetQuantumProcessorQuilCalibrationProgram, extra `rigetti`), and
        otherwise as the service had them in 2022 (GetQuiltCalibrations).
        """
        ...
    def translate(
        self, program: ProgramSource, *, device: str | Device, shots: int, settings_timestamp: datetime | None = None
    ) -> Translation:
        """Translate a program for execution (TranslateNativeQuilToEncryptedBinary); `submit` does this itself.

        Args:
            program: Native Quil, as text, the path of a file, or an object of pyQuil.
            device: The processor to translate for.
            shots: How often it will run; that is part of the translated program.
            settings_timestamp: Time of the calibration to translate for; None for the present one.

        Raises:
            ValidationError: The program is not Quil, or Rigetti cannot translate it.
            NotFoundError: There is no such processor; today's service has moved translation elsewhere.
        """
        ...
    def engage(
        self,
        device: str | Device | None = None,
        *,
        endpoint: str | Endpoint | None = None,
        timeout: float | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        tags: Sequence[str] = (),
    ) -> Engagement:
        """Return access to an endpoint, waited for while it is busy (CreateEngagement). `submit` does this itself.

        A busy endpoint responds with 503 and says when to try again (`Retry-After`), which is obeyed. An engagement is
        kept and returned again until shortly before it ends.

        Args:
            device: The processor.
            endpoint: The endpoint, in place of the processor's default one.
            timeout: Seconds in all; None: no limit.
            account_id: The account that pays: a user's id, or the name of a group. None: that of the client.
            account_type: Whether that is a user or a group.
            tags: For your own use.

        Raises:
            WaitTimeoutError: The endpoint is busy, and will be for longer than `timeout`.
            NotFoundError: There is no such processor or endpoint.
        """
        ...
    def endpoint(self, id: str) -> Endpoint:
        """Return an endpoint by its identifier (GetEndpoint); raise `NotFoundError` if it does not exist."""
        ...
    def default_endpoint(self, device: str | Device) -> Endpoint:
        """Return the endpoint that leads to a processor (GetDefaultEndpoint); raise `NotFoundError` if it has none."""
        ...
    def create_endpoint(self, devices: Sequence[str | Device] = (), *, datacenters: Sequence[str] = ()) -> Endpoint:
        """Create an endpoint (CreateEndpoint). It may not work at once: see `wait`.

        Args:
            devices: The processors that it leads to.
            datacenters: Where it may run, such as `"berkeley-775"`.

        Raises:
            ValidationError: There is no such processor or datacenter.
            SubmissionUnknownError: It may exist: the response was lost, and endpoints carry no key.
        """
        ...
    def delete_endpoint(self, endpoint: str | Endpoint) -> None:
        """Delete an endpoint of yours (DeleteEndpoint); raise `PermissionDeniedError` for one of others."""
        ...
    def restart_endpoint(self, endpoint: str | Endpoint, *, component: str | None = None) -> None:
        """Restart an endpoint of yours, or one component of it (RestartEndpoint).

        It is not healthy for a while: see `wait`. Raises `PermissionDeniedError` for an endpoint of others.
        """
        ...
    def wait_for_endpoint(
        self, endpoint: str | Endpoint, *, timeout: float | None = None, poll: PollPolicy | None = None
    ) -> Endpoint:
        """Return an endpoint once it is healthy (GetEndpoint).

        Raises:
            WaitTimeoutError: `timeout` seconds went by.
        """
        ...
    def user(self) -> User:
        """Return the user of the client's token (AuthGetUser)."""
        ...
    def balance(self, *, group: str | None = None, user: str | None = None) -> Money:
        """Return the credit that an account can spend (GetUserBalance, GetGroupBalance).

        Rigetti counts what is owed, in cents. This is the opposite: what is left, and negative if something is owed.

        Raises:
            PermissionDeniedError: The account belongs to others.
            NotFoundError: There is no such account.
        """
        ...
    def billing_customer(self, *, group: str | None = None, user: str | None = None) -> BillingCustomer:
        """Return an account as the billing service knows it (GetUserBillingCustomer, GetGroupBillingCustomer)."""
        ...
    def invoices(
        self,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Invoice]:
        """List an account's past invoices (ListUserBillingInvoices, ListGroupBillingInvoices)."""
        ...
    def invoice_lines(
        self,
        invoice: str | Invoice,
        *,
        group: str | None = None,
        user: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[InvoiceLine]:
        """List the lines of an invoice (ListUserBillingInvoiceLines, ListGroupBillingInvoiceLines).

        Those of `upcoming_invoice` are listed too (ListUserUpcomingBillingInvoiceLines,
        ListGroupUpcomingBillingInvoiceLines).

        Args:
            invoice: The invoice, or its identifier.
            group: The group whose invoice it is.
            user: The user whose invoice it is.
            page_size: Lines per request; None: 100.
            resume_token: `resume_token` of a pager of the same list.
        """
        ...
    def upcoming_invoice(self, *, group: str | None = None, user: str | None = None) -> Invoice:
        """Return the invoice of the present month (GetUserUpcomingBillingInvoice, GetGroupUpcomingBillingInvoice).

        It has no identifier; `invoice_lines` takes it all the same.
        """
        ...
    def group_members(
        self, group: str | Group, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[User]:
        """List the users in a group (ListGroupUsers). A change may take up to an hour to be seen."""
        ...
    def add_to_group(self, group: str | Group, *, user: str | User | None = None, email: str | None = None) -> None:
        """Add a user to a group, by id or e-mail address (AddGroupUser). It may take up to an hour to be seen.

        Raises:
            NotFoundError: There is no such group or user.
        """
        ...
    def remove_from_group(
        self, group: str | Group, *, user: str | User | None = None, email: str | None = None
    ) -> None:
        """Remove a user from a group, by id or e-mail address (RemoveGroupUser). It may take up to an hour.

        Raises:
            NotFoundError: There is no such group or user.
        """
        ...
