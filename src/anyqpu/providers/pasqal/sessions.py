"""Open batches of Pasqal Cloud, which are what other clouds call sessions."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Any, Unpack

from anyqpu_raw.pasqal.models import BatchSummaryPage, CreateBatchRequest

from anyqpu.core.changes import changed
from anyqpu.core.memory import Memory
from anyqpu.core.reading import read_each
from anyqpu.core.sessions import SessionBlock
from anyqpu.core.submit import find_among, has_key, new_key
from anyqpu.model.device import Device
from anyqpu.model.session import OnExit, Session
from anyqpu.paging import Pager, offset
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.devices import PasqalDevices
from anyqpu.providers.pasqal.filters import BatchFilters
from anyqpu.providers.pasqal.pages import PAGE_SIZE, data_of, elements, page_end, page_total
from anyqpu.providers.pasqal.programs import checked_configuration


class PasqalSessions(PasqalDevices):
    """The part of the client that deals with open batches as sessions."""

    _batches: Memory[mapping.BatchFacts]

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        tags: Sequence[str] = (),
        backend_configuration: str | None = None,
    ) -> SessionBlock:
        """An open batch as a block (create_batch, add_jobs, complete_batch).

        Args:
            device: Where its jobs run.
            on_exit: Whether its jobs finish, are cancelled, or go on with the batch when the block ends.
            tags: For your own use.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` gives, for emulators.
        """
        return SessionBlock(self, device, on_exit, tags=tags, backend_configuration=backend_configuration)

    async def open_session(
        self, device: str | Device, *, tags: Sequence[str] = (), backend_configuration: str | None = None
    ) -> Session:
        """An open batch, which stays until it is closed or idle for long; `session` is the safer way (create_batch)."""
        own_tags = queries.checked_tags(tags)
        if backend_configuration is not None:
            checked_configuration(backend_configuration)
        target = await self._target(device)
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._project(), device_type=target.id, open_=True, jobs=[], tags=[*own_tags, key]
        )
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration

        async def send() -> Session:
            return self._session_of(data_of(await self.raw.create_batch(body=body)))

        return await self._send_once(send, self._find_session, key=key)

    async def _find_session(self, key: str, since: datetime) -> Session | None:
        """Find the batch with a key among its tags (list_batches)."""
        # The tags are checked here too, in case the filter does something else.
        return await find_among(
            self.sessions(tag=key),
            since=since,
            is_ours=lambda session: has_key(session.raw.tags, key),
            created_at=lambda session: session.created_at,
        )

    async def get_session(self, id: str) -> Session:
        """Return a batch by its identifier (get_batch)."""
        return self._session_of(data_of(await self.raw.get_batch(queries.checked_id(id))))

    def _session_of(self, raw: Any) -> Session:
        session = mapping.session_of(raw)
        self._remember(raw)
        return session

    def sessions(self, **filters: Unpack[BatchFilters]) -> Pager[Session]:
        """The project's batches, newest first, perhaps only some: those with a `tag`, or `open` (list_batches).

        The filters are those of `batches`.
        """
        parameters: dict[str, Any] = {"project_id": [self._project()], **queries.of_batches(filters)}

        async def fetch(start: int) -> BatchSummaryPage:
            return await self.raw.list_batches(limit=PAGE_SIZE, offset=start, order_by_direction="DESC", **parameters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: read_each(self.provider, elements(page), mapping.session_of),
            end=page_end,
            total=page_total,
            identity=lambda session: session.id,
        )

    async def drain_session(self, session: Session) -> Session:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        return await self._changed_session(self.raw.complete_batch(queries.session_of(session).id), session)

    async def close_session(self, session: Session) -> None:
        """The same; does nothing to a batch that is not open any more (get_batch, complete_batch)."""
        if (await self.get_session(queries.session_of(session).id)).accepts_jobs:
            await self.drain_session(session)

    async def cancel_session(self, session: Session) -> Session:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        return await self._changed_session(self.raw.cancel_batch(queries.session_of(session).id), session)

    async def set_tags(self, session: Session, tags: Sequence[str]) -> Session:
        """Give a batch other tags (set_batch_tags); the key under which it was submitted stays."""
        wanted, session = queries.checked_tags(tags), queries.session_of(session)
        kept = [session.dedup_key] if session.dedup_key else []
        return await self._changed_session(self.raw.set_batch_tags(session.id, body=[*wanted, *kept]), session)

    async def _changed_session(self, change: Awaitable[Any], session: Session) -> Session:
        """Return a session after a change; it is fetched where the response has no readable body."""

        async def fetch() -> Session:
            return await self.get_session(session.id)

        return await changed(change, lambda response: mapping.session_of(data_of(response)), fetch)

    def _remember(self, raw: mapping.AnyBatch) -> mapping.BatchFacts:
        """Remember the facts about a batch that its jobs lack."""
        return self._batches.put(mapping.id_of(raw), mapping.facts_of(raw))

    def _facts(self, batch_id: str | None) -> mapping.BatchFacts:
        """Return the facts about a job's batch that are remembered."""
        return self._batches.get(batch_id) or mapping.UNSEEN
