"""Results of jobs of Scaleway Quantum as a Service: several for one job, each in the answer or behind a link."""

from __future__ import annotations

import json
from typing import Any

from anyqpu_raw.scaleway.models import JobResult, ListJobResultsResponse

from anyqpu.errors import AnyQPUError, NotReadyError, ResultDecodeError
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import pulser, qio
from anyqpu.providers.scaleway.models import ScalewayModels
from anyqpu.providers.scaleway.platforms import PAGE_SIZE
from anyqpu.providers.values import given
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

        async def fetch(number: int) -> tuple[ListJobResultsResponse, list[Any]]:
            page = await self.raw.list_job_results(job.id, page=number, page_size=page_size, order_by="created_at_asc")
            return page, [await self._body(each) for each in given(page.job_results) or ()]

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda found: [
                Result(job_id=job.id, provider=self.provider, items=self._decoded(body, job), raw=body)
                for body in found[1]
            ],
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
        model = given(job.raw.model_id) if job.raw is not None else None
        if not model:
            return most
        try:
            return len(await self.model_programs(model)) or most
        except AnyQPUError:
            return most

    async def _body(self, result: JobResult) -> Any:
        """What a result holds, or what its link leads to; text that is no JSON stays text."""
        content = given(result.result)
        link = given(result.url)
        if not content and link:
            received = await download_link(self._transport, link, limit=RESULT_LIMIT)
            content = received.decode(errors="replace")
        try:
            body: Any = json.loads(content or "null")
            # JSON in JSON, as some send it.
            return json.loads(body) if isinstance(body, str) and body.lstrip().startswith("{") else body
        except ValueError:
            return content

    def _decoded(self, body: Any, job: Job) -> tuple[ResultItem, ...]:
        try:
            items = qio.decode(body)
            atoms = job.decode.get("bit_labels")
            return tuple(pulser.labelled(item, atoms) for item in items) if atoms else tuple(items)
        except qio.MALFORMED as error:
            raise ResultDecodeError(
                f"the result has another form than expected: {error}",
                provider=self.provider,
                operation="ListJobResults",
                body=body,
            ) from error
