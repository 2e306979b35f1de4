"""The client of Pasqal Cloud."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack, cast

from anyqpu.core import budget
from anyqpu.core.adapter import Submission
from anyqpu.core.arguments import suggests_keywords
from anyqpu.core.checks import check_device
from anyqpu.core.client import Client
from anyqpu.core.sessions import SessionBlock
from anyqpu.model.batch import Batch
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramSource
from anyqpu.model.session import OnExit, Session
from anyqpu.paging import Pager
from anyqpu.providers.pasqal.adapter import PasqalAdapter, SubmitOptions
from anyqpu.providers.pasqal.filters import BatchFilters, JobFilters
from anyqpu.providers.pasqal.resources.batches import Batches
from anyqpu.providers.pasqal.resources.devices import Queues, Specifications
from anyqpu.providers.pasqal.resources.projects import Projects
from anyqpu.providers.pasqal.resources.workloads import Workloads

if TYPE_CHECKING:
    from anyqpu_raw.pasqal.client import RawClient

    from anyqpu.model.native import TranspileOptions
    from anyqpu.transport.send_guard import BeforeSend


class PasqalClient(Client):
    """Pasqal Cloud: sequences of pulses on neutral atoms, as jobs in batches.

    Its operations are those of specs/pasqal/final.json; `raw` has each of them. `RAW_ONLY` says which ones have no
    method here, and why. The docstring of a method that uses an operation with an inferred path names it.

    Attributes:
        batches: Several jobs that are submitted, run and listed as one.
        workloads: Programs that run as a whole, awaited like jobs.
        projects: Projects of which you are a member.
        specifications: Channels, layouts and limits of devices, as Pulser describes them.
        queues: Queues of devices.
    """

    raw: RawClient
    batches: Batches
    workloads: Workloads
    projects: Projects
    specifications: Specifications
    queues: Queues

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pasqal = adapter = cast("PasqalAdapter", self._adapter)
        self.batches, self.workloads, self.projects = adapter.batches, adapter.workloads, adapter.projects
        self.specifications, self.queues = adapter.specifications, adapter.queues
        self.job_status = adapter.job_status
        self.result_link, self.job_logs = adapter.outcomes.link, adapter.outcomes.logs
        self.cancel_jobs, self.cancel_batches = adapter.cancellations.jobs, adapter.cancellations.batches
        self.cancel_session, self.set_tags = adapter.sessions.cancel, adapter.sessions.set_tags
        # The names of version 1.
        self.batch, self.add_jobs, self.rebatch = adapter.batches.create, adapter.batches.add, adapter.batches.rebatch
        self.get_batch, self.resume_batch = adapter.batches.get, adapter.batches.resume
        self.refresh_batch, self.wait_for_batch = adapter.batches.refresh, adapter.batches.wait
        self.batch_results, self.batch_result_links = adapter.batches.results, adapter.batches.result_links
        self.close_batch, self.cancel_batch = adapter.batches.close, adapter.batches.cancel
        self.tag_batch = adapter.batches.set_tags
        self.workload, self.get_workload = adapter.workloads.create, adapter.workloads.get
        self.project, self.packages = adapter.projects.get, adapter.projects.packages
        self.device_specs, self.all_device_specs = adapter.specifications.get, adapter.specifications.all
        self.public_device_specs = adapter.specifications.public
        self.device_queue, self.queue_sizes = adapter.queues.batches, adapter.queues.sizes

    # Devices

    def devices(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        device_types: Collection[str] | None = None,
        availability: Collection[str] | None = None,
        public: bool | None = None,
    ) -> Pager[Device]:
        """List all devices (list_devices); `device` also returns the limit of shots and the length of the queue.

        With one of the last three arguments, only those (list_devices_v2).

        Args:
            page_size: Devices per page, at most 100, which is also the default.
            resume_token: `resume_token` of a pager of the same list.
            device_types: Such as `["EMU_FREE"]`.
            availability: `ACTIVE`, `INACTIVE` or `RETIRED`, or several.
            public: Only public devices, or only the others.
        """
        return self._pasqal.devices(
            page_size=page_size,
            resume_token=resume_token,
            device_types=device_types,
            availability=availability,
            public=public,
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
        variables: Mapping[str, Any] | None = None,
        backend_configuration: str | None = None,
    ) -> Job:
        """Submit a sequence; returns as soon as the job exists (create_batch or, in a session, add_jobs).

        It is sent once, whatever happens.

        Args:
            program: A Pulser `Sequence`, or its abstract representation as text, object or the path of a file. One for
                each job; `batch` takes several jobs.
            device: Where to run it, such as `"EMU_FREE"`.
            shots: How often to run it ("runs"), at most the device's `shots_max`. May be left out where
                `backend_configuration` says it.
            name: For your own use. Pasqal has no names for jobs, so it becomes the first tag.
            tags: For your own use; they are those of the batch, so not for a job in a session.
            session: An open batch, or its identifier. Without it the job gets a closed batch of its own.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`, which travels as a tag of the batch.
                If a batch of the project has it, its job is returned, and nothing is submitted (list_batches). A job in
                a session has no field for it: only this client has it, and the job's handle. None: one is made up.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the job where its
                response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            parameters: Not taken; Pulser calls them `variables`.
            transpile: Not taken: it is for gates.
            before_send: Awaited once, right before the request that submits the job; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket. With
                an attribute `is_first` that is true, a key of yours is not looked for first: you know that it is new.
            variables: Values of the sequence's variables, by name. `qubits` maps the atoms of a mappable register to
                traps of its layout, such as `{"qubits": {"q0": 3, "q1": 8}, "omega": 6.0}`.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` returns, for emulators.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device or session.
            ConflictError: The key is already used for other content; `handle` is that of its job.
            SubmissionUnknownError: The job may exist, but was not found. Jobs in a session cannot be searched for.
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
            options=SubmitOptions(variables=variables, backend_configuration=backend_configuration),
        )
        return await self._submit(submission, timeout=timeout)

    def jobs(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        session: str | Session | None = None,
        batch: str | Batch | None = None,
        **filters: Unpack[JobFilters],
    ) -> Pager[Job]:
        """List the project's jobs, newest first, perhaps only some (list_jobs).

        `device_id` and `tags` are those of the batch, and empty where this client has not seen it.

        Args:
            page_size: Jobs per request, at most 100, which is also the default.
            resume_token: `resume_token` of a pager of the same list.
            session: Only those of an open batch.
            batch: Only those of a batch, which is the same.
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `user_ids`, `status` (ours or Pasqal's words), `min_runs`
                and `max_runs` (shots), `with_errors`, `origin`, `start_date` and `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        return self._pasqal.jobs(
            page_size=page_size, resume_token=resume_token, session=session, batch=batch, **filters
        )

    # Sessions

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        tags: Sequence[str] = (),
        backend_configuration: str | None = None,
    ) -> SessionBlock:
        """Open a batch for the length of a block (create_batch, add_jobs, complete_batch).

        Args:
            device: Where its jobs run.
            on_exit: Whether its jobs finish, are cancelled, or continue with the batch when the block ends.
            tags: For your own use.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` returns, for emulators.
        """
        check_device(device, self.provider)
        return SessionBlock(self, device, on_exit, tags=tags, backend_configuration=backend_configuration)

    async def open_session(
        self, device: str | Device, *, tags: Sequence[str] = (), backend_configuration: str | None = None
    ) -> Session:
        """Open a batch that stays until it is closed or has been idle for long (create_batch); see `session`.

        Raises:
            BudgetExceededError: The lowest possible cost of a session is above `max_cost` of `connect`, or unknown.
        """
        check_device(device, self.provider)
        await budget.check_session(self._pasqal, device)
        return await self._pasqal.sessions.open(device, tags=tags, backend_configuration=backend_configuration)

    def sessions(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[BatchFilters]
    ) -> Pager[Session]:
        """List the project's batches, newest first, perhaps only some: those with a `tag`, or `open` (list_batches).

        The filters are those of `batches`.
        """
        return self._pasqal.sessions.list(page_size=page_size, resume_token=resume_token, **filters)
