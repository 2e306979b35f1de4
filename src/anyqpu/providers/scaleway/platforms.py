"""Platforms of Scaleway Quantum as a Service, and what all parts of its client share."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway.client import RawClient
from anyqpu_raw.scaleway.models import ListPlatformsResponse

from anyqpu.core.checks import no_device
from anyqpu.core.jobs import JobsClient
from anyqpu.core.memory import Memory
from anyqpu.core.reading import page_of, read_each
from anyqpu.core.values import given
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.device import Device
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping
from anyqpu.transport.client import Transport

if TYPE_CHECKING:
    from anyqpu.model.calibration import Topology

PAGE_SIZE = 50


class ScalewayPlatforms(JobsClient[RawClient]):
    """The part of the client that deals with platforms."""

    _make_raw = RawClient

    def __init__(self, transport: Transport, **options: Any) -> None:
        super().__init__(transport, **options)
        # The platforms of sessions: a job does not say on which platform it is. A session does, and never changes it.
        self._platforms: Memory[str | None] = Memory(self._clock)
        # The session and platform of each booking, as far as sessions were seen that say so; they never change either.
        self._booked: Memory[tuple[str, str | None]] = Memory(self._clock)

    def devices(self, *, page_size: int = PAGE_SIZE) -> Pager[Device]:
        """All platforms, with prices as exact `Money` and the rules for booking them (ListPlatforms)."""

        async def fetch(number: int) -> ListPlatformsResponse:
            page = await self.raw.list_platforms(page=number, page_size=page_size)
            return page_of(self.provider, page, "platforms")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: read_each(self.provider, page.platforms, mapping.device_of),
            total=lambda page: given(page.total_count),
            identity=lambda device: device.id,
        )

    async def device(self, id: str) -> Device:
        """A platform by its identifier or its name, such as `EMU-AER-16C-128M` (GetPlatform, ListPlatforms).

        Raises:
            NotFoundError: There is none; the hint has the nearest name.
        """
        if not id:
            raise ValidationError(
                "a device is a text such as 'EMU-AER-16C-128M'", provider=self.provider, fields=("device",)
            )
        if is_uuid(id):
            return mapping.device_of(await self.raw.get_platform(id))
        devices = await self.devices().collect()
        found = [device for device in devices if device.name == id]
        if found:
            return found[0]
        raise no_device(id, [device.name for device in devices], provider=self.provider, operation="ListPlatforms")

    async def topology(self, device: str | Device) -> Topology | None:
        """The traps of a platform of neutral atoms, as its metadata have them (GetPlatform); None for all others."""
        found = await self.device(device) if isinstance(device, str) else device
        return mapping.topology_of(found.raw)

    def _project(self) -> str:
        project = self.settings.get_value("project_id")
        if project is None:
            raise ConfigError(
                "Scaleway needs a project",
                provider=self.provider,
                hint="Give project_id= to connect, or set SCW_DEFAULT_PROJECT_ID",
            )
        return project


def is_uuid(text: str) -> bool:
    """Whether a text is an identifier of Scaleway's, and no name."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def retagged(tags: Sequence[str], key: str | None) -> list[str]:
    """A job's new tags: those that are wanted, and the key by which this library knows it."""
    return [*tags, *([key] if key else [])]
