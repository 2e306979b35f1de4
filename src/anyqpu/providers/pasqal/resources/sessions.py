"""Open batches of Pasqal Cloud, which are its sessions."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.models import CreateBatchRequest

from anyqpu.core.changes import changed
from anyqpu.core.keys import has_key, new_key, sent_tags, tag_of
from anyqpu.core.listing import LIST_SIZE
from anyqpu.core.reading import read_each
from anyqpu.core.submit import find_all_among, find_among
from anyqpu.model.device import Device
from anyqpu.model.session import Session
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import BatchFilters
from anyqpu.providers.pasqal.programs import checked_configuration
from anyqpu.providers.pasqal.responses import data_of

if TYPE_CHECKING:
    from anyqpu.model.job import Job
    from anyqpu.providers.pasqal.adapter import PasqalAdapter


class PasqalSessions:
    """Open batches as sessions."""

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._raw = adapter.raw
        self._reader = adapter.reader

    async def open(
        self, device: str | Device, *, tags: Sequence[str] = (), backend_configuration: str | None = None
    ) -> Session:
        """Open a batch that takes jobs (create_batch)."""
        own_tags = queries.checked_tags(tags)
        if backend_configuration is not None:
            checked_configuration(backend_configuration)
        target = await self._adapter.target(device)
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._adapter.project(),
            device_type=target.id,
            open_=True,
            jobs=[],
            tags=sent_tags(own_tags, key),
        )
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration

        async def send() -> Session:
            return self._session_of(data_of(await self._raw.create_batch(body=body)))

        return await self._context.send_once(send, self.find, key=key)

    async def find(self, key: str, since: datetime | None) -> Session | None:
        """Find the batch with a key, which is one of its tags (list_batches)."""
        # The tags are checked here too, in case the filter does something else. A batch that repeats another may have
        # the tags of that one.
        return await find_among(
            self.list(tag=tag_of(key)),
            since=since,
            is_ours=lambda session: has_key(session.raw.tags, key) and session.dedup_key is not None,
            created_at=lambda session: session.created_at,
        )

    async def find_many(self, keys: Collection[str], since: datetime | None) -> dict[str, Session]:
        """Find the batches with keys in one pass over the list of all (list_batches)."""
        return await find_all_among(
            self.list(page_size=LIST_SIZE),
            keys,
            since=since,
            key_of=lambda session: session.dedup_key,
            created_at=lambda session: session.created_at,
        )

    async def get(self, id: str) -> Session:
        """Return a batch by its identifier (get_batch)."""
        return self._session_of(data_of(await self._raw.get_batch(queries.checked_id(id))))

    def _session_of(self, raw: Any) -> Session:
        session = mapping.session_of(raw)
        self._reader.remember(raw)
        return session

    def list(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[BatchFilters]
    ) -> Pager[Session]:
        """List the project's batches, newest first, perhaps only some (list_batches)."""
        parameters = {"project_id": [self._adapter.project()], **queries.of_batches(filters)}
        return paginate(
            partial(self._raw.list_batches, order_by_direction="DESC", **parameters),
            pages.LIST_BATCHES,
            to_items=lambda batches: read_each("pasqal", batches, mapping.session_of),
            page_size=page_size,
            resume_token=resume_token,
            name="sessions",
        )

    def jobs(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """List the jobs of a batch, newest first (list_jobs)."""
        return self._adapter.jobs(session=session, page_size=page_size, resume_token=resume_token)

    async def drain(self, session: Session) -> Session:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        return await self._changed(self._raw.complete_batch(queries.session_of(session).id), session)

    async def close(self, session: Session) -> None:
        """Let a batch take no more jobs, unless it has ended; those that it has finish (get_batch, complete_batch)."""
        if (await self.get(queries.session_of(session).id)).accepts_jobs:
            await self.drain(session)

    async def cancel(self, session: Session) -> Session:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        return await self._changed(self._raw.cancel_batch(queries.session_of(session).id), session)

    async def set_tags(self, session: Session, tags: Sequence[str]) -> Session:
        """Replace the tags of a batch (set_batch_tags); the key under which it was submitted stays."""
        own_tags, session = queries.checked_tags(tags), queries.session_of(session)
        body = mapping.retagged(own_tags, session.dedup_key, session.raw)
        return await self._changed(self._raw.set_batch_tags(session.id, body=body), session)

    async def _changed(self, change: Awaitable[Any], session: Session) -> Session:
        """Return a session after a change; it is fetched where the response has no readable body."""
        return await changed(
            change, lambda response: mapping.session_of(data_of(response)), partial(self.get, session.id)
        )
