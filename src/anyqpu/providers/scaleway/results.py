"""Results of Scaleway's jobs: several for one job, each in the response or behind a link."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.models import JobResult

from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import or_none, text
from anyqpu.errors import AnyQPUError, NotReadyError, ResultDecodeError
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import pulser, qio
from anyqpu.providers.scaleway.resources.models import Models, checked_link
from anyqpu.transport import exchange
from anyqpu.transport.downloads import download_link

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter

RESULT_LIMIT = 512 * 1024 * 1024


class JobResults:
    """Results that jobs gave back."""

    def __init__(self, adapter: ScalewayAdapter, models: Models) -> None:
        self._raw = adapter.raw
        self._transport = adapter.context.transport
        self._models = models

    def list(self, job: Job, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Result]:
        """List the results that a job gave so far, oldest first: intermediate and final ones (ListJobResults).

        A job of several circuits has one for each. Large ones are downloaded, with the page that they are on.

        Raises:
            ResultDecodeError: One has another form than expected.
            ResultLinkExpiredError: Its link was used too late; list them again.
        """

        async def read(elements: Sequence[Any]) -> Sequence[Result]:
            details = exchange.details("scaleway")
            return [await self._result_in(element, job, details) for element in elements]

        return paginate(
            partial(self._raw.list_job_results, job.id, order_by="created_at_asc"),
            pages.LIST_JOB_RESULTS,
            to_items=read,
            page_size=page_size,
            resume_token=resume_token,
        )

    async def of_job(self, job: Job) -> Result:
        """Return the result of a completed job: that of its circuit, or those of its circuits."""
        results = await self.list(job).collect()
        if not results:
            raise NotReadyError(
                "the job is complete but its result is not there yet",
                provider="scaleway",
                operation="ListJobResults",
                hint="Fetch it again in a moment",
            )
        if len(results) > 1:
            # Intermediate results come first.
            results = results[-await self._number_of_circuits(job, len(results)) :]
        return Result(
            job_id=job.id,
            provider="scaleway",
            items=tuple(item for result in results for item in result.items),
            execution_time=job.execution_time,
            raw=results[0].raw if len(results) == 1 else [result.raw for result in results],
        )

    async def _number_of_circuits(self, job: Job, most: int) -> int:
        """Return how many circuits a job's model has; where that is unknown, each result is of a circuit."""
        model = text(getattr(job.raw, "model_id", None))
        if not model:
            return most
        try:
            return len(await self._models.programs(model)) or most
        except AnyQPUError:
            return most

    async def _result_in(self, raw: Any, job: Job, details: dict[str, Any]) -> Result:
        """Return the result in an element of the list, or behind its link; text that is not JSON stays text."""
        is_result = isinstance(raw, JobResult)
        content = text(raw.result) if is_result else None
        link = or_none(raw.url) if is_result else None
        if not content and link:
            link = checked_link(link, "scaleway", "ListJobResults")
            received = await download_link(self._transport, link, limit=RESULT_LIMIT)
            content = received.decode(errors="replace")
        elif not content and not (is_result and (or_none(raw.result) or "") == ""):
            raise ResultDecodeError("the result has another form than expected", **details)
        body = await result_forms.json_or_text(content)
        items = await result_forms.decode(
            "scaleway", "the result", lambda: _items(body, job), body=body, shots=job.shots, details=details
        )
        return Result(job_id=job.id, provider="scaleway", items=items, raw=body)


def _items(body: Any, job: Job) -> tuple[ResultItem, ...]:
    items = qio.decode(body, job.shots)
    result_forms.check_totals(items, job.shots)
    atoms = job.decode.get("bit_labels")
    return tuple(pulser.labelled(item, atoms) for item in items) if atoms else tuple(items)
