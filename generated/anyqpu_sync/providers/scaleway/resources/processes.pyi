"""Types of the blocking classes of `anyqpu.providers.scaleway.resources.processes`. Written by scripts/sync."""

from collections.abc import Mapping, Sequence
from typing import Any

from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager

from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.result import Result
from anyqpu.providers.scaleway.resources.applications import Application

class Processes:
    """Runs of applications; each is a `Job` of the kind `process`. `client.processes()` lists them."""
    @property
    def provider(self) -> str:
        """The provider's name, for errors of a timeout."""
        ...
    def start(
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
    def list(
        self,
        *,
        application: str | Application | None = None,
        tags: Sequence[str] = (),
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Job]:
        """List the project's processes, newest first, perhaps of an application or with tags (ListProcesses)."""
        ...
    def get(self, id: str) -> Job:
        """Return a process by its identifier (GetProcess); raises `NotFoundError` if it does not exist."""
        ...
    def update(self, process: str | Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a process's name or tags; what is None stays as it is (UpdateProcess)."""
        ...
    def cancel(self, process: str | Job) -> Job:
        """Cancel a process; its intermediate results stay (CancelProcess). Return it as it is then."""
        ...
    def delete(self, process: str | Job) -> None:
        """Delete a process with all its data (DeleteProcess)."""
        ...
    def results(
        self, process: str | Job, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Result]:
        """List the results that a process gave so far, intermediate ones first (ListProcessResults).

        Each is in `raw`, parsed where it is JSON.
        """
        ...
    def result(self, process: Job) -> Result:
        """Return the final result of a process, which is the last one (ListProcessResults)."""
        ...
