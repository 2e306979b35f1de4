"""Devices and open batches of Pasqal Cloud. An open batch is what other clouds call a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from anyqpu_raw.pasqal.client import RawClient
from anyqpu_raw.pasqal.models import BatchSummaryPage, CreateBatchRequest, DevicePage, JobPage

from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.session import OnExit, Session
from anyqpu.paging import Pager, offset
from anyqpu.providers.checks import no_device
from anyqpu.providers.jobs import JobsClient
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.sessions import SessionBlock
from anyqpu.providers.values import given
from anyqpu.transport.submit import Search, new_key, submit_once

# The most that the cloud gives at once.
PAGE_SIZE = 100


class PasqalSessions(JobsClient[RawClient]):
    """The part of the client that deals with devices and open batches."""

    _batches: dict[str, mapping.BatchFacts]
    _search: Search | None

    # Devices

    def devices(self) -> Pager[Device]:
        """All devices (list_devices); `device` also says how many shots one takes."""

        async def fetch(start: int) -> DevicePage:
            return await self.raw.list_devices(limit=PAGE_SIZE, offset=start)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: [mapping.device_of(each) for each in page.data],
            end=page_end,
            total=page_total,
            identity=lambda device: device.id,
        )

    async def device(self, id: str) -> Device:
        """A device by its type, such as `EMU_FREE`, with its limits (list_devices, get_device_specs).

        Raises:
            NotFoundError: There is none; the hint has the nearest name.
        """
        found = {device.id: device async for device in self.devices()}
        if id not in found:
            raise no_device(id, found, provider=self.provider, operation="list_devices")
        specs = await self.raw.get_device_specs(id)
        return mapping.device_of(found[id].raw, given(specs.data.specs))

    def _project(self) -> str:
        project = self.settings.get_value("project_id")
        if project is None:
            raise ConfigError("Pasqal needs a project", provider=self.provider, hint="Give project_id= to connect")
        return project

    # Open batches

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
        target = await self._target(device)
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._project(), device_type=target.id, open_=True, jobs=[], tags=[*tags, key]
        )
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration

        async def send() -> Session:
            batch = (await self.raw.create_batch(body=body)).data
            self._batches[batch.id] = mapping.facts_of(batch)
            return mapping.session_of(batch)

        return await submit_once(send, self._find_session, key=key, provider=self.provider, search=self._search)

    async def _find_session(self, key: str, since: datetime) -> Session | None:
        """The batch with a key among its tags (list_batches)."""
        page = await self.raw.list_batches(project_id=[self._project()], tag=key, limit=PAGE_SIZE)
        # Looked at again here, lest the filter by tag is not what we take it for.
        found = [batch for batch in page.data if key in (given(batch.tags) or ())]
        return mapping.session_of(found[0]) if found else None

    async def get_session(self, id: str) -> Session:
        """A batch by its identifier (get_batch)."""
        batch = (await self.raw.get_batch(id)).data
        self._batches[batch.id] = mapping.facts_of(batch)
        return mapping.session_of(batch)

    def sessions(self, *, tag: str | None = None, open: bool | None = None) -> Pager[Session]:
        """The project's batches, newest first, perhaps only those with a tag, or those that are open (list_batches)."""
        filters: dict[str, Any] = {"project_id": [self._project()], "order_by_direction": "DESC"}
        if tag is not None:
            filters["tag"] = tag
        if open is not None:
            filters["open_"] = open

        async def fetch(start: int) -> BatchSummaryPage:
            return await self.raw.list_batches(limit=PAGE_SIZE, offset=start, **filters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: [mapping.session_of(each) for each in page.data],
            end=page_end,
            total=page_total,
            identity=lambda session: session.id,
        )

    async def drain_session(self, session: Session) -> Session:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        return mapping.session_of((await self.raw.complete_batch(session.id)).data)

    async def close_session(self, session: Session) -> None:
        """The same; does nothing to a batch that is not open any more (get_batch, complete_batch)."""
        if (await self.get_session(session.id)).accepts_jobs:
            await self.drain_session(session)

    async def cancel_session(self, session: Session) -> Session:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        return mapping.session_of((await self.raw.cancel_batch(session.id)).data)

    async def set_tags(self, session: Session, tags: Sequence[str]) -> Session:
        """Give a batch other tags (set_batch_tags); the key under which it was submitted stays."""
        if isinstance(tags, str):
            raise ValidationError("tags is a list of texts", provider=self.provider, fields=("tags",))
        kept = [session.dedup_key] if session.dedup_key else []
        return mapping.session_of((await self.raw.set_batch_tags(session.id, body=[*tags, *kept])).data)


def page_end(page: DevicePage | BatchSummaryPage | JobPage) -> int | None:
    """The offset behind the last item of a page."""
    pagination = given(page.pagination)
    return given(pagination.end) if pagination else None


def page_total(page: DevicePage | BatchSummaryPage | JobPage) -> int | None:
    """How many items there are in all."""
    pagination = given(page.pagination)
    return given(pagination.total) if pagination else None
