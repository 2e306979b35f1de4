"""What jobs of Pasqal Cloud leave behind: results and logs, behind links that expire."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from anyqpu_raw._core import Unset
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.core.results.forms import decode
from anyqpu.errors import APIError, NotReadyError, ResultLinkExpiredError, UnexpectedResponseError
from anyqpu.model.job import Job
from anyqpu.model.result import Result
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping, results
from anyqpu.providers.pasqal.pages import data_of
from anyqpu.providers.pasqal.sessions import PasqalSessions
from anyqpu.transport import exchange
from anyqpu.transport.downloads import download_link

logger = logging.getLogger("anyqpu")

RESULT = "the result"
# Bytes of a result that an error may keep; more than what is decoded without a worker thread.
SHOWN = 20_000
RESULT_LIMIT = 512 * 1024 * 1024
LOG_LIMIT = 64 * 1024 * 1024


class PasqalOutcomes(PasqalSessions):
    """The part of the client that reads results."""

    async def result_link(self, job: Job) -> str | None:
        """The link to a job's result, None while there is none (get_job_results_link). `job.result()` reads it.

        It expires, and lets anybody read who has it.
        """
        return mapping.text_in(data_of(await self.raw.get_job_results_link(queries.job_id(job))), "results_link")

    async def job_logs(self, job: Job) -> str | None:
        """What was logged while a job ran (get_job, and its link); None if nothing was, see `has_execution_logs`."""
        link = mapping.text_in(data_of(await self.raw.get_job(queries.job_id(job))), "logs_link")
        if link is None:
            return None
        return (await download_link(self._transport, link, limit=LOG_LIMIT)).decode("utf-8", "replace")

    async def _result_of(self, job: Job) -> Result:
        """Return the result of a job that is complete (get_job_results_link, and the link)."""
        content = await self._behind_link(job)
        body = await self._read_json(content, job)
        # Those of the download: what follows may send requests of its own.
        about: dict[str, Any] = {"body": body, "shots": job.shots, "details": exchange.details(self.provider)}
        atoms = await decode(self.provider, RESULT, partial(results.atom_names, body), **about)
        if atoms is None:
            try:
                atoms = await self._atoms_of(job)
            except UnexpectedResponseError as error:
                # They only name the bits.
                logger.warning("the atoms of job %s are not known: %s", job.id, error.message)
        item = await decode(self.provider, RESULT, partial(results.decode, body, atoms, job.shots), **about)
        return Result(job_id=job.id, provider=self.provider, items=(item,), execution_time=job.execution_time, raw=body)

    async def _read_json(self, content: bytes, job: Job) -> Any:
        read, details = partial(results.read_json, content), exchange.details(self.provider)
        start = content[:SHOWN].decode("utf-8", "replace")
        return await decode(self.provider, RESULT, read, body=start, shots=job.shots, details=details)

    async def _behind_link(self, job: Job) -> bytes:
        """What the link leads to; one that has expired is asked for once more."""
        try:
            return await self._download(job)
        except ResultLinkExpiredError:
            return await self._download(job)

    async def _download(self, job: Job) -> bytes:
        link = await self._link_of(job)
        if not link:
            raise NotReadyError(
                f"the {job.kind} is complete but its result is not there yet",
                provider=self.provider,
                operation="get_job_results_link",
                hint="Ask again in a moment",
            )
        try:
            return await download_link(self._transport, link, limit=RESULT_LIMIT)
        except APIError as error:
            if not _says_expired(error):
                raise
            raise ResultLinkExpiredError(
                "the link to the result is not valid any more",
                provider=self.provider,
                operation=error.operation,
                status_code=error.status_code,
                body=error.body,
                hint="Ask for the result again",
            ) from error

    async def _link_of(self, job: Job) -> str | None:
        return await self.result_link(job)

    async def _atoms_of(self, job: Job) -> tuple[str, ...] | None:
        """Return the names of a job's atoms: of its own sequence, or else of that of its batch."""
        raw = job.raw
        if raw is None or (isinstance(raw, RawJob) and isinstance(raw.sequence, Unset)):
            # Lists leave sequences out, so it may have one all the same.
            raw = data_of(await self.raw.get_job(job.id))
        own = mapping.atoms_of(getattr(raw, "sequence", None))
        batch = job.session_id
        if own is not None or batch is None or not queries.is_id(batch):
            return own
        if self._facts(batch).atoms is None:
            await self.get_session(batch)
        return self._facts(batch).atoms


def _says_expired(error: APIError) -> bool:
    """Whether an object store refuses a link; it says 403 for most reasons, and 400 for an expired token behind it."""
    return error.status_code == 403 or (error.status_code == 400 and "ExpiredToken" in str(error.body))
