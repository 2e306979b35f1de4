"""Results of jobs of Scaleway Quantum as a Service: several for one job, each in the answer or behind a link."""

from __future__ import annotations

from typing import Any

from anyqpu_raw.scaleway.models import JobResult, ListJobResultsResponse

from anyqpu.core.reading import elements_of, page_of
from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import given, text
from anyqpu.errors import AnyQPUError, NotReadyError, ResultDecodeError
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import pulser, qio
from anyqpu.providers.scaleway.models import ScalewayModels, checked_link
from anyqpu.providers.scaleway.platforms import PAGE_SIZE
from anyqpu.transport import exchange
from anyqpu.transport.downloads import download_link

RESULT_LIMIT = 512 * 1024 * 1024


class ScalewayResults(ScalewayModels):
    """The part of the client that reads what jobs gave back."""

    def job_results(self, job: Job, *, page_size: int = PAGE_SIZE) -> Pager[Result]:
        """The results that a job gave so far, oldest first: intermediate and final ones (ListJobResults).

        A job of several circuits has one for each. Large ones are downloaded, with the page that they are on.

        Raises:
            ResultDecodeError: One has another form than expected.
            ResultLinkExpiredError: Its link was used too late; ask again.
        """

        async def fetch(number: int) -> tuple[ListJobResultsResponse, list[Result]]:
            raw = await self.raw.list_job_results(job.id, page=number, page_size=page_size, order_by="created_at_asc")
            details = exchange.details(self.provider)
            page = page_of(self.provider, raw, "job_results")
            elements = elements_of(self.provider, page.job_results)
            return page, [await self._result_in(element, job, details) for element in elements]

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda found: found[1],
            total=lambda found: given(found[0].total_count),
        )

    async def _result_of_job(self, job: Job) -> Result:
        """The result of a job that is complete: that of its circuit, or those of its circuits."""
        found = await self.job_results(job).collect()
        if not found:
            raise NotReadyError(
                "the job is complete but its result is not there yet",
                provider=self.provider,
                operation="ListJobResults",
                hint="Ask again in a moment",
            )
        if len(found) > 1:
            # Intermediate results come first.
            found = found[-await self._number_of_circuits(job, len(found)) :]
        return Result(
            job_id=job.id,
            provider=self.provider,
            items=tuple(item for each in found for item in each.items),
            execution_time=job.execution_time,
            raw=found[0].raw if len(found) == 1 else [each.raw for each in found],
        )

    async def _number_of_circuits(self, job: Job, most: int) -> int:
        """How many circuits a job has, as its model says; without one that says it, all its results are of circuits."""
        model = text(getattr(job.raw, "model_id", None))
        if not model:
            return most
        try:
            return len(await self.model_programs(model)) or most
        except AnyQPUError:
            return most

    async def _result_in(self, raw: Any, job: Job, details: dict[str, Any]) -> Result:
        """The result in an element of the list, or the one that its link leads to; text that is not JSON stays text."""
        known = isinstance(raw, JobResult)
        content = text(raw.result) if known else None
        link = given(raw.url) if known else None
        if not content and link:
            link = checked_link(link, self.provider, "ListJobResults")
            received = await download_link(self._transport, link, limit=RESULT_LIMIT)
            content = received.decode(errors="replace")
        elif not content and not (known and (given(raw.result) or "") == ""):
            raise ResultDecodeError("the result has another form than expected", **details)
        body = await result_forms.json_or_text(content)
        items = await result_forms.decode(
            self.provider, "the result", lambda: self._items(body, job), body=body, shots=job.shots, details=details
        )
        return Result(job_id=job.id, provider=self.provider, items=items, raw=body)

    def _items(self, body: Any, job: Job) -> tuple[ResultItem, ...]:
        items = qio.decode(body, job.shots)
        result_forms.check_totals(items, job.shots)
        atoms = job.decode.get("bit_labels")
        return tuple(pulser.labelled(item, atoms) for item in items) if atoms else tuple(items)
