"""Workloads: programs that Pasqal Cloud runs as a whole. They are awaited as jobs of the kind `workload`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.models import BackendName, CreateWorkloadRequest, WorkloadType

from anyqpu.core import budget
from anyqpu.core.arguments import is_one_of, shown
from anyqpu.core.checks import check_timeout
from anyqpu.core.reading import read_each
from anyqpu.core.submit_timeout import within_timeout
from anyqpu.errors import ValidationError
from anyqpu.model.job import Job
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import WorkloadFilters
from anyqpu.providers.pasqal.responses import data_of

if TYPE_CHECKING:
    from anyqpu.providers.pasqal.adapter import PasqalAdapter


class Workloads:
    """Programs that run as a whole, awaited like jobs. `client.workloads()` lists them."""

    provider = "pasqal"

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._adapter = adapter
        self._raw = adapter.raw
        self._actions = adapter.context.jobs

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
        parameters = {"project_id": [self._adapter.project()], **queries.of_workloads(filters)}
        return paginate(
            partial(self._raw.list_workloads, order_by_direction="DESC", **parameters),
            pages.LIST_WORKLOADS,
            to_items=lambda workloads: read_each("pasqal", workloads, mapping.workload_of, self._actions),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    @within_timeout
    async def create(
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
        check_timeout(timeout, "pasqal")
        _check_word(workload_type, "workload_type", [str(word) for word in WorkloadType])
        _check_word(backend, "backend", [str(word) for word in BackendName])
        if not isinstance(config, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            problem = f"config is an object, not {shown(config)}"
            raise ValidationError(problem, provider="pasqal", fields=("config",))
        budget.check_unlisted(self._adapter.context, backend, "a workload")
        project = self._adapter.project()
        body = CreateWorkloadRequest(
            project_id=project,
            workload_type=WorkloadType(workload_type),
            backend=BackendName(backend),
            config=dict(config),
        )

        async def send() -> Job:
            return mapping.workload_of(data_of(await self._raw.create_workload(body=body)), self._actions)

        hint = "A workload carries no key: see whether workloads() has it before you submit again"
        return await self._adapter.context.send_once(send, None, key=project, timeout=timeout, hint=hint)

    async def get(self, id: str) -> Job:
        """Return a workload by its identifier (get_workload).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        return mapping.workload_of(data_of(await self._raw.get_workload(queries.checked_id(id))), self._actions)


def _check_word(value: object, name: str, words: Sequence[str]) -> None:
    if not is_one_of(value, words):
        problem, hint = f"there is no {name} {shown(value)}", f"It is one of {', '.join(words)}"
        raise ValidationError(problem, provider="pasqal", fields=(name,), hint=hint)
