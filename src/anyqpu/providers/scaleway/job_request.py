"""The request that submits a job: what it needs first, how it is sent, and how its job is found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from anyqpu_raw.scaleway.models import CreateJobBody
from anyqpu_raw.scaleway.models import Job as RawJob

from anyqpu.core.adapter import Prepared, Submission
from anyqpu.core.values import or_none
from anyqpu.errors import ConflictError, NotFoundError, SubmissionUnknownError
from anyqpu.model.program import ProgramFormat
from anyqpu.model.status import Technology
from anyqpu.providers.scaleway import pulser
from anyqpu.transport import exchange

if TYPE_CHECKING:
    from anyqpu.core.own_sessions import Lease
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.program import Program
    from anyqpu.model.session import Session
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter
    from anyqpu.providers.scaleway.resources.models import ComputationModel


class JobRequest:
    """The request for one job, whose body lacks the session and the model of its programs."""

    def __init__(
        self,
        adapter: ScalewayAdapter,
        submission: Submission,
        target: Device,
        body: CreateJobBody,
        programs: Sequence[Program],
    ) -> None:
        """`programs` are uploaded as the job's model; none for a job whose body has its model or circuit."""
        self._adapter = adapter
        self._submission = submission
        self._target = target
        self._body = body
        self._programs = programs
        self._uploaded: ComputationModel | None = None
        self._lease: Lease | None = None
        self._only = programs[0] if len(programs) == 1 else None

    async def prepare(self) -> Prepared:
        """Upload the programs, have a session that takes jobs, and return what sends the request."""
        if self._programs:
            await self._upload()
        try:
            session, self._lease = await self._session()
        except NotFoundError as error:
            if not self._is_model_lost(error):
                raise
            await self._upload()
            session, self._lease = await self._session()
        self._body.session_id = session.id
        return Prepared(send=self._send, find=self._find, lease=self._lease)

    async def _upload(self) -> None:
        # Not the request that submits the job, whatever becomes of it.
        with exchange.watch_sending(exchange.Sending()):
            self._uploaded = await self._adapter.models.upload_once(self._programs, self._target)
        self._body.model_id = self._uploaded.id

    def _is_model_lost(self, error: NotFoundError) -> bool:
        return self._uploaded is not None and self._adapter.models.is_lost(self._uploaded, error)

    async def _session(self) -> tuple[Session, Lease | None]:
        """Return a session that takes jobs, and the lease of one that submits opened."""
        submission, target = self._submission, self._target
        if submission.session is not None:
            return await self._adapter.submits.named(submission.session, target)
        # Pulser's sequence is that of the session, for all its jobs; others have no need of one.
        usual = or_none(self._body.model_id) if target.technology is Technology.NEUTRAL_ATOM else None
        try:
            lease = await self._adapter.submits.open(target, usual)
        except SubmissionUnknownError as error:
            # That of the session is in the hint.
            error.key = error.dedup_key = submission.key
            raise
        return lease.session, lease

    async def _send(self) -> Job:
        try:
            raw = await self._create()
        except NotFoundError as error:
            if not self._is_model_lost(error):
                raise
            # Refused, so that there is no job yet.
            await self._upload()
            raw = await self._create()
        return labelled(await self._adapter.job_of(raw), self._only)

    async def _create(self) -> RawJob:
        try:
            return await self._adapter.raw.create_job(body=self._body)
        except (ConflictError, NotFoundError) as error:
            self._adapter.submits.refused(self._body.session_id, self._lease, error)
            raise

    async def _find(self, key: str, since: datetime) -> Job | None:
        job = await self._adapter.find(key, since, session=self._body.session_id)
        return None if job is None else labelled(job, self._only)


def labelled(job: Job, program: Program | None) -> Job:
    """Return a job with the names of the atoms, where its program is a sequence of Pulser's."""
    atoms = pulser.atoms_of(program.text) if program and program.format is ProgramFormat.PULSER_JSON else None
    return replace(job, decode={"bit_labels": list(atoms)}) if atoms else job
