"""Types of the blocking classes of `anyqpu.providers.pasqal.resources.workloads`. Written by scripts/sync."""

from collections.abc import Mapping
from typing import Any, Unpack

from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager

from anyqpu.providers.pasqal.filters import WorkloadFilters

class Workloads:
    """Programs that run as a whole, awaited like jobs. `client.workloads()` lists them."""

    provider: str
    def list(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[WorkloadFilters]
    ) -> Pager[Job]:
        """List the project's workloads, newest first, perhaps only some (list_workloads).

        Args:
            page_size: Workloads per request, at most 100, which is also the default.
            resume_token: `resume_token` of a pager of the same list.
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `status` (ours or Pasqal's words), `start_date` and
                `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        ...
    def create(
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
    def get(self, id: str) -> Job:
        """Return a workload by its identifier (get_workload).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        ...
