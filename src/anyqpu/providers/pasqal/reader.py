"""Jobs in responses. Their device, tags and atoms are those of their batches, which are remembered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.pasqal import pages

from anyqpu.core.memory import Memory
from anyqpu.core.reading import read_each
from anyqpu.errors import UnexpectedResponseError
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.responses import data_of

if TYPE_CHECKING:
    from anyqpu_raw.pasqal.client import RawClient

    from anyqpu.core.context import Context
    from anyqpu.model.job import Job

logger = logging.getLogger("anyqpu")
# Others can change the tags of a batch; everything else that is remembered of it is constant.
BATCH_SECONDS = 3600.0


class JobReader:
    """Makes jobs of responses, for one client."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._raw = context.raw
        self._actions = context.jobs
        self._batches: Memory[mapping.BatchFacts] = Memory(context.clock, seconds=BATCH_SECONDS)

    def remember(self, raw: mapping.AnyBatch) -> mapping.BatchFacts:
        """Remember the facts of a batch that its jobs lack, and return them."""
        return self._batches.put(mapping.id_of(raw), mapping.facts_of(raw))

    def facts(self, batch_id: str | None) -> mapping.BatchFacts:
        """Return the facts of a batch that are remembered."""
        return self._batches.get(batch_id) or mapping.UNSEEN

    def knows(self, batch_id: str | None) -> bool:
        """Return whether the facts of a batch are remembered."""
        return batch_id in self._batches

    async def read(self, raw: Any) -> Job:
        """Return a job, with the facts of its batch; without them where the batch cannot be read."""
        job = mapping.job_of(raw, self._actions, mapping.UNSEEN)
        batch_id = job.session_id
        if batch_id is None:
            return job
        facts = self.facts(batch_id)
        if facts is mapping.UNSEEN and queries.is_id(batch_id):
            try:
                facts = await self._batches.look_up(batch_id, partial(self._fetch_facts, batch_id))
            except UnexpectedResponseError as error:
                logger.warning("batch %s of job %s cannot be read: %s", batch_id, job.id, error.message)
        return mapping.job_of(raw, self._actions, facts)

    async def _fetch_facts(self, batch_id: str) -> mapping.BatchFacts:
        return mapping.facts_of(data_of(await self._raw.get_batch(batch_id)))

    def in_batch(self, raw: Any) -> tuple[Job, ...]:
        """Return the jobs in a batch, in the order of their creation; the batch is remembered."""
        return mapping.jobs_in_order(getattr(raw, "jobs", None), self._actions, self.remember(raw))

    def listed(self, sent: Any) -> list[Job]:
        """Return the jobs of a list, as far as their batches are remembered; those that cannot be read are left out."""

        def job_of(raw: Any) -> Job:
            return mapping.job_of(raw, self._actions, self.facts(mapping.batch_id_of(raw)))

        return read_each("pasqal", sent, job_of)

    def pager(
        self, parameters: Mapping[str, Any], *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """Return a pager of the jobs that the parameters of list_jobs select."""
        return paginate(
            partial(self._raw.list_jobs, **parameters),
            pages.LIST_JOBS,
            to_items=self.listed,
            page_size=page_size,
            resume_token=resume_token,
        )
