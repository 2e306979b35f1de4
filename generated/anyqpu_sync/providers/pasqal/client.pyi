"""Types of the blocking classes of `anyqpu.providers.pasqal.client`. Written by scripts/sync."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Unpack

from anyqpu_sync.core.client import Client
from anyqpu_sync.core.sessions import SessionBlock
from anyqpu_sync.model.batch import Batch, BatchResults, CancelledBatches, CancelledJobs
from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager
from anyqpu_sync.providers.pasqal.resources.batches import Batches
from anyqpu_sync.providers.pasqal.resources.devices import Queues, Specifications
from anyqpu_sync.providers.pasqal.resources.projects import Projects
from anyqpu_sync.providers.pasqal.resources.workloads import Workloads
from anyqpu_sync.raw.pasqal.client import RawClient

from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.native import TranspileOptions
from anyqpu.model.program import ProgramSource
from anyqpu.model.session import OnExit, Session
from anyqpu.providers.pasqal.filters import BatchFilters, JobFilters
from anyqpu.providers.pasqal.programs import PasqalJob
from anyqpu.providers.pasqal.resources.devices import QueuedBatch, QueueSize
from anyqpu.providers.pasqal.resources.projects import Project
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
        ...
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
        ...
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
        ...
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
        ...
    def open_session(
        self, device: str | Device, *, tags: Sequence[str] = (), backend_configuration: str | None = None
    ) -> Session:
        """Open a batch that stays until it is closed or has been idle for long (create_batch); see `session`.

        Raises:
            BudgetExceededError: The lowest possible cost of a session is above `max_cost` of `connect`, or unknown.
        """
        ...
    def sessions(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[BatchFilters]
    ) -> Pager[Session]:
        """List the project's batches, newest first, perhaps only some: those with a `tag`, or `open` (list_batches).

        The filters are those of `batches`.
        """
        ...
    def job_status(self, job: Job) -> Job:
        """Return a job with its present status, in a response without the job's sequence (get_job_status).

        Times, errors and progress stay as they were: `job.refresh()` has them.
        """
        ...
    def result_link(self, job: Job) -> str | None:
        """Return the link to a job's result; None while it does not exist (get_job_results_link).

        The link expires; until then it needs no credentials, so it is secret. `job.result()` downloads the result.
        """
        ...
    def job_logs(self, job: Job) -> str | None:
        """Return the log of a job's run, behind the link in the job (get_job); None without a link."""
        ...
    def cancel_jobs(
        self,
        jobs: Collection[Job | str] | None = None,
        *,
        batch: str | Batch | Session | None = None,
        **filters: Unpack[JobFilters],
    ) -> CancelledJobs:
        """Cancel many jobs that do not run yet (cancel_jobs, once for each of their batches).

        Args:
            jobs: The jobs, or their identifiers, whose batches are looked up first (list_jobs).
            batch: Instead of jobs, a batch, of which all jobs are cancelled, or those that the filters select.
            filters: Those of `client.jobs`, with `batch` only.

        Returns:
            The cancelled jobs, and why others are not, by their identifiers.

        Raises:
            ValidationError: Neither jobs nor a batch is given, or a filter has no meaning; nothing was sent.
        """
        ...
    def cancel_batches(self, batches: Collection[Batch | str]) -> CancelledBatches:
        """Cancel many batches, or those of identifiers (cancel_batches); `errors` has those that are not cancelled."""
        ...
    def cancel_session(self, session: Session) -> Session:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        ...
    def set_tags(self, session: Session, tags: Sequence[str]) -> Session:
        """Replace the tags of a batch (set_batch_tags); the key under which it was submitted stays."""
        ...
    def batch(
        self,
        program: ProgramSource | None = None,
        *,
        device: str | Device,
        jobs: Sequence[PasqalJob] = (),
        open: bool | None = None,
        complete: bool | None = None,
        tags: Sequence[str] = (),
        key: str | None = None,
        backend_configuration: str | None = None,
        webhook: str | None = None,
        timeout: float | None = None,
        max_cost: Money | None = None,
        before_send: BeforeSend | None = None,
    ) -> Batch:
        """Submit several jobs as one batch; returns as soon as it exists (create_batch). It is sent once.

        Args:
            program: The sequence of all jobs that have none of their own: a Pulser `Sequence`, or its abstract
                representation as text, object or the path of a file.
            device: Where to run them, such as `"EMU_FREE"`.
            jobs: How often to run each, and with which variables or which sequence. A closed batch needs at least one.
            open: Whether jobs can be added later; then it stays until it is closed, or has been idle for long.
            complete: The opposite of `open`, by its former name at Pasqal; deprecated there.
            tags: For your own use.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`; a batch of the project that has it
                is returned instead of another one (list_batches). None: one is made up.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` returns, for emulators.
            webhook: An address that Pasqal notifies of the results.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the batch where its
                response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            before_send: Awaited once, right before the request that submits the batch; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device.
            ConflictError: The key is already used for other content; `handle` is that of its batch.
            SubmissionUnknownError: The response was lost, and the batch not found.
        """
        ...
    def add_jobs(
        self, batch: Batch, jobs: Sequence[PasqalJob], *, timeout: float | None = None, max_cost: Money | None = None
    ) -> Batch:
        """Add jobs to an open batch, all in one request (add_jobs). It is sent once.

        A batch of a list has no sequence to check them with, so it is fetched first (get_batch).

        Args:
            batch: An open batch.
            jobs: As for `create`; those without a sequence have that of the batch.
            timeout: Seconds for the whole call; the response counts as lost then.
            max_cost: The most that these jobs may cost, in place of the limit of `connect`.

        Raises:
            BudgetExceededError: Their lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            SubmissionUnknownError: The response was lost; jobs carry no key, so refresh the batch.
        """
        ...
    def rebatch(
        self,
        batch: Batch | str,
        *,
        timeout: float | None = None,
        max_cost: Money | None = None,
        **filters: Unpack[JobFilters],
    ) -> Batch:
        """Run the jobs of a closed batch again, or some of them, in a new batch (rebatch_jobs). It is sent once.

        Args:
            batch: A closed batch, or its identifier.
            timeout: Seconds for the whole call; the response counts as lost then.
            max_cost: The most that the jobs may cost, in place of the limit of `connect`. With a limit and filters the
                batch is fetched, and the cheapest of its jobs counts, since the service chooses them.
            filters: Which jobs; those of `client.jobs`, such as `status="failed"`. Without any, all of them.

        Raises:
            BudgetExceededError: Their lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: A filter has no meaning, or the batch is open.
            SubmissionUnknownError: The response was lost; the new batch carries no key, but the batch names it.
        """
        ...
    def get_batch(self, id: str) -> Batch:
        """Return a batch by its identifier, with its jobs (get_batch, list_jobs).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        ...
    def resume_batch(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted (get_batch, list_jobs).

        Raises:
            ValidationError: The text is not the handle of a batch at Pasqal.
            NotFoundError: There is no such batch, or not for these credentials.
        """
        ...
    def refresh_batch(self, batch: Batch) -> Batch:
        """Return a batch and its jobs as they are now (get_batch, list_jobs)."""
        ...
    def wait_for_batch(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """Wait until the jobs of a batch have ended (get_batch_status, get_batch, list_jobs); see `Batch.wait`."""
        ...
    def batch_results(self, batch: Batch | str, *, timeout: float | None = None) -> BatchResults:
        """Return the results of all jobs of a batch, waited for (get_batch_status, list_jobs, get_job_results_link).

        A job that failed, was cancelled or never ran is in `failures` and hides no other's result.

        Args:
            batch: A batch, or its identifier.
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
        """
        ...
    def batch_result_links(self, batch: Batch | str) -> tuple[dict[str, str], dict[str, str]]:
        """Return links to a batch's results, and errors, by job identifier (get_batch_results_links; path inferred).

        Links expire; until then they need no credentials, so they are secret. `results` does without this operation.
        """
        ...
    def close_batch(self, batch: Batch) -> Batch:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        ...
    def cancel_batch(self, batch: Batch) -> Batch:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        ...
    def tag_batch(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Replace the tags of a batch (set_batch_tags); the key under which it was submitted stays."""
        ...
    def workload(
        self, workload_type: str, *, backend: str, config: Mapping[str, Any], timeout: float | None = None
    ) -> Job:
        """Submit a workload, a job of the kind `workload`; its result stays as it was sent (create_workload).

        It is sent once.

        Args:
            workload_type: Such as `qadence_circuit`.
            backend: Where it runs, such as `pyqtorch`.
            config: Its parameters; Pasqal does not document them.
            timeout: Seconds for the whole call; the response counts as lost then.

        Raises:
            BudgetExceededError: The client has a `max_cost`, and no price of the backend, or one above it.
            ValidationError: There is no such type or backend; nothing was submitted if `status_code` is None.
            SubmissionUnknownError: The response was lost; workloads carry no key, so search in `workloads()`.
        """
        ...
    def get_workload(self, id: str) -> Job:
        """Return a workload by its identifier (get_workload).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        ...
    def project(self, id: str | None = None) -> Project:
        """Return a project by its identifier; without it, the one that this client uses (list_projects).

        Raises:
            NotFoundError: You are not a member of such a project.
        """
        ...
    def packages(self) -> dict[str, str]:
        """Return the names of the packages with which projects are booked, by their codes (list_packages)."""
        ...
    def device_specs(self, device: str | Device) -> dict[str, Any]:
        """Return the channels, layouts and limits of a device, as Pulser describes them (get_device_specs).

        Raises:
            NotFoundError: There is no such device.
        """
        ...
    def all_device_specs(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of all devices by type; unreadable ones are left out (list_device_specs)."""
        ...
    def public_device_specs(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of the public devices by type; no credentials needed (list_public_device_specs)."""
        ...
    def device_queue(
        self, device: str | Device, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[QueuedBatch]:
        """List the batches that wait for a device or run on it (get_device_queue)."""
        ...
    def queue_sizes(self, device: str | Device) -> list[QueueSize]:
        """Return the lengths of a device's queues, in batches, jobs, shots (get_device_queue_size; path inferred)."""
        ...
