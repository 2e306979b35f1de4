"""Results and logs of Pasqal's jobs, behind links that expire."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw._core import Unset
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.core.results.forms import decode
from anyqpu.errors import APIError, NotReadyError, ResultLinkExpiredError, UnexpectedResponseError
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping, results
from anyqpu.providers.pasqal.mapping import WORKLOAD
from anyqpu.providers.pasqal.responses import data_of
from anyqpu.transport import exchange
from anyqpu.transport.downloads import download_link

if TYPE_CHECKING:
    from anyqpu.providers.pasqal.adapter import PasqalAdapter

logger = logging.getLogger("anyqpu")

# Bytes of a result that an error may keep; more than what is decoded without a worker thread.
BYTES_IN_ERROR = 20_000
RESULT_LIMIT = 512 * 1024 * 1024
LOG_LIMIT = 64 * 1024 * 1024


class Outcomes:
    """Results and logs of jobs and workloads."""

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._raw = adapter.raw
        self._reader = adapter.reader
        self._transport = adapter.context.transport

    async def link(self, job: Job) -> str | None:
        """Return the link to a job's result; None while it does not exist (get_job_results_link).

        The link expires; until then it needs no credentials, so it is secret. `job.result()` downloads the result.
        """
        return mapping.text_in(data_of(await self._raw.get_job_results_link(queries.job_id(job))), "results_link")

    async def logs(self, job: Job) -> str | None:
        """Return the log of a job's run, behind the link in the job (get_job); None without a link."""
        link = mapping.text_in(data_of(await self._raw.get_job(queries.job_id(job))), "logs_link")
        if link is None:
            return None
        return (await download_link(self._transport, link, limit=LOG_LIMIT)).decode("utf-8", "replace")

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job or workload; raise `NotReadyError` while it is not there."""
        body = await self._parsed(await self._downloaded(job), job)
        if job.kind == WORKLOAD:
            item = ResultItem(kind=ResultKind.RAW)
        else:
            # Those of the download: what follows may send requests of its own.
            about: dict[str, Any] = {"body": body, "shots": job.shots, "details": exchange.details("pasqal")}
            atoms = await decode("pasqal", "the result", partial(results.atom_names, body), **about)
            if atoms is None:
                try:
                    atoms = await self._atoms_of(job)
                except UnexpectedResponseError as error:
                    # They only name the bits.
                    logger.warning("the atoms of job %s are not known: %s", job.id, error.message)
            item = await decode("pasqal", "the result", partial(results.decode, body, atoms, job.shots), **about)
        return Result(job_id=job.id, provider="pasqal", items=(item,), execution_time=job.execution_time, raw=body)

    async def _parsed(self, content: bytes, job: Job) -> Any:
        read, details = partial(results.read_json, content), exchange.details("pasqal")
        start = content[:BYTES_IN_ERROR].decode("utf-8", "replace")
        return await decode("pasqal", "the result", read, body=start, shots=job.shots, details=details)

    async def _downloaded(self, job: Job) -> bytes:
        """Return the content behind the link; a link that has expired is fetched once more."""
        try:
            return await self._download(job)
        except ResultLinkExpiredError:
            return await self._download(job)

    async def _download(self, job: Job) -> bytes:
        if job.kind == WORKLOAD:
            operation = "get_workload"
            link = mapping.text_in(data_of(await self._raw.get_workload(job.id)), "result_link")
        else:
            operation, link = "get_job_results_link", await self.link(job)
        if not link:
            raise NotReadyError(
                f"the {job.kind} is complete but its result is not there yet",
                provider="pasqal",
                operation=operation,
                hint="Fetch it again in a moment",
            )
        try:
            return await download_link(self._transport, link, limit=RESULT_LIMIT)
        except APIError as error:
            if not _is_expired(error):
                raise
            raise ResultLinkExpiredError(
                "the link to the result has expired",
                provider="pasqal",
                operation=error.operation,
                status_code=error.status_code,
                body=error.body,
                hint="Fetch the result again",
            ) from error

    async def _atoms_of(self, job: Job) -> tuple[str, ...] | None:
        """Return the names of a job's atoms, from its own sequence or that of its batch (get_job, get_batch)."""
        raw = job.raw
        if raw is None or (isinstance(raw, RawJob) and isinstance(raw.sequence, Unset)):
            # Lists leave sequences out, so it may have one all the same.
            raw = data_of(await self._raw.get_job(job.id))
        own = mapping.atoms_of(getattr(raw, "sequence", None))
        batch_id = job.session_id
        if own is not None or batch_id is None or not queries.is_id(batch_id):
            return own
        if self._reader.facts(batch_id).atoms is None:
            self._reader.remember(data_of(await self._raw.get_batch(batch_id)))
        return self._reader.facts(batch_id).atoms


def _is_expired(error: APIError) -> bool:
    """Return whether an object store refuses a link: with 403 mostly, with 400 for an expired token behind it."""
    return error.status_code == 403 or (error.status_code == 400 and "ExpiredToken" in str(error.body))
