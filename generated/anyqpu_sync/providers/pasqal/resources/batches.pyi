"""Types of the blocking classes of `anyqpu.providers.pasqal.resources.batches`. Written by scripts/sync."""

from collections.abc import Callable, Mapping, Sequence
from typing import Unpack

from anyqpu_sync.model.batch import Batch, BatchResults
from anyqpu_sync.paging.pager import Pager

from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramSource
from anyqpu.providers.pasqal.filters import BatchFilters, JobFilters
from anyqpu.providers.pasqal.programs import PasqalJob
from anyqpu.transport.send_guard import BeforeSend

class Batches:
    """Several jobs that are submitted, run and listed as one. `client.batches()` lists them.

    Attributes:
        cancel_jobs: Cancels some of the jobs of a batch; see `client.cancel_jobs`.
    """

    provider: str
    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        ...
    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose batches these are."""
        ...
    @property
    def base_url(self) -> str | None:
        """The address of Pasqal's API, where it is not the usual one."""
        ...
    def list(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[BatchFilters]
    ) -> Pager[Batch]:
        """List the project's batches without their jobs, newest first, perhaps only some (list_batches).

        Args:
            page_size: Batches per request, at most 100, which is also the default.
            resume_token: `resume_token` of a pager of the same list.
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `user_ids`, `device_types`, `status` (ours or Pasqal's
                words), `open`, `min_jobs`, `max_jobs`, `queue_priority`, `tag`, `start_date` and `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        ...
    def get(self, id: str) -> Batch:
        """Return a batch by its identifier, with its jobs (get_batch, list_jobs).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        ...
    def resume(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted (get_batch, list_jobs).

        Raises:
            ValidationError: The text is not the handle of a batch at Pasqal.
            NotFoundError: There is no such batch, or not for these credentials.
        """
        ...
    def create(
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
    def add(
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
    def close(self, batch: Batch) -> Batch:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        ...
    def cancel(self, batch: Batch) -> Batch:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        ...
    def set_tags(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Replace the tags of a batch (set_batch_tags); the key under which it was submitted stays."""
        ...
    def refresh(self, batch: Batch) -> Batch:
        """Return a batch and its jobs as they are now (get_batch, list_jobs)."""
        ...
    def wait(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """Wait until the jobs of a batch have ended (get_batch_status, get_batch, list_jobs); see `Batch.wait`."""
        ...
    def results(self, batch: Batch | str, *, timeout: float | None = None) -> BatchResults:
        """Return the results of all jobs of a batch, waited for (get_batch_status, list_jobs, get_job_results_link).

        A job that failed, was cancelled or never ran is in `failures` and hides no other's result.

        Args:
            batch: A batch, or its identifier.
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
        """
        ...
    def result_links(self, batch: Batch | str) -> tuple[dict[str, str], dict[str, str]]:
        """Return links to a batch's results, and errors, by job identifier (get_batch_results_links; path inferred).

        Links expire; until then they need no credentials, so they are secret. `results` does without this operation.
        """
        ...
