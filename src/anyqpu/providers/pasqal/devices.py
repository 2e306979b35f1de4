"""Devices of Pasqal Cloud and their queues; the projects in which they are used."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from anyqpu_raw.pasqal.client import RawClient
from anyqpu_raw.pasqal.models import DevicePage, QueuedBatchPage
from anyqpu_raw.pasqal.models import Project as RawProject

from anyqpu.errors import (
    ConfigError,
    NotFoundError,
    PermissionDeniedError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.model.device import Device
from anyqpu.paging import Pager, offset, single
from anyqpu.providers.checks import no_device
from anyqpu.providers.jobs import JobsClient
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import checked_id
from anyqpu.providers.pasqal.pages import PAGE_SIZE, page_end, page_total
from anyqpu.providers.values import given, text

if TYPE_CHECKING:
    from anyqpu.model.calibration import Topology

AVAILABILITIES = ("ACTIVE", "INACTIVE", "RETIRED")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedBatch:
    """A batch in the queue of a device. None: the cloud does not say.

    Attributes:
        waiting_jobs: How many of its jobs wait.
        raw: The cloud's own description.
    """

    id: str | None
    status: str | None
    waiting_jobs: int | None
    priority: float | None
    queue_priority: str | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSize:
    """How long a queue is. None: the cloud does not say."""

    queue: str | None
    batches: int | None
    jobs: int | None
    shots: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project; whoever is a member can run jobs in it. None: the cloud does not say.

    Attributes:
        device_types: The devices that it may use.
        last_activity_at: An aware time.
        raw: The cloud's own description, as a generated model.
    """

    id: str
    name: str | None
    status: str | None
    queue_priority: str | None
    package: str | None
    device_types: tuple[str, ...]
    last_activity_at: datetime | None
    raw: Any = field(default=None, repr=False, compare=False)


class PasqalDevices(JobsClient[RawClient]):
    """The part of the client that deals with devices and projects."""

    def devices(
        self,
        *,
        device_types: Collection[str] | None = None,
        availability: Collection[str] | None = None,
        public: bool | None = None,
    ) -> Pager[Device]:
        """All devices (list_devices); `device` also says how many shots one takes and how long its queue is.

        With any of the arguments, only those (list_devices_v2).

        Args:
            device_types: Such as `["EMU_FREE"]`.
            availability: `ACTIVE`, `INACTIVE` or `RETIRED`, or several.
            public: Only those that everybody may see, or only the others.
        """
        if device_types is None and availability is None and public is None:

            async def fetch(start: int) -> DevicePage:
                return await self.raw.list_devices(limit=PAGE_SIZE, offset=start)

            return offset(
                fetch,
                size=PAGE_SIZE,
                items=_devices_of,
                end=page_end,
                total=page_total,
                identity=lambda device: device.id,
            )
        filters: dict[str, Any] = {}
        if device_types is not None:
            filters["device_type"] = [device_types] if isinstance(device_types, str) else list(device_types)
        if availability is not None:
            words = [availability] if isinstance(availability, str) else list(availability)
            wrong = [word for word in words if word not in AVAILABILITIES]
            if wrong:
                problem, hint = f"availability is never {wrong[0]!r}", f"It is one of {', '.join(AVAILABILITIES)}"
                raise ValidationError(problem, provider=self.provider, fields=("availability",), hint=hint)
            filters["availability"] = words
        if public is not None:
            filters["public"] = public

        async def fetch_once() -> DevicePage:
            return await self.raw.list_devices_v2(**filters)

        return single(fetch_once, items=_devices_of)

    async def device(self, id: str) -> Device:
        """A device by its type, such as `EMU_FREE`, with its limits (list_devices, get_device_specs, get_device_queue).

        `queue_depth` counts the jobs that wait in the queue; None where the cloud does not show it.

        Raises:
            NotFoundError: There is none; the hint has the nearest name.
        """
        found, specs = await self._found(id)
        return mapping.device_of(found.raw, specs, await self._queue_depth(id))

    async def _look_up(self, id: str) -> Device:
        found, specs = await self._found(id)
        return mapping.device_of(found.raw, specs)

    async def _found(self, id: str) -> tuple[Device, str | None]:
        found = {device.id: device async for device in self.devices()}
        if id not in found:
            raise no_device(id, found, provider=self.provider, operation="list_devices")
        return found[id], given((await self.raw.get_device_specs(id)).data.specs)

    async def _queue_depth(self, id: str) -> int | None:
        try:
            waiting = [batch.waiting_jobs async for batch in self.device_queue(id)]
        except (NotFoundError, PermissionDeniedError):
            return None
        return None if None in waiting else sum(number or 0 for number in waiting)

    async def device_specs(self, device: str | Device) -> dict[str, Any]:
        """What a device can do, as Pulser describes it: channels, layouts and limits (get_device_specs).

        Raises:
            NotFoundError: There is no such device.
        """
        id = _name_of(device)
        return self._specs(id, given((await self.raw.get_device_specs(id)).data.specs), "get_device_specs")

    async def topology(self, device: str | Device) -> Topology | None:
        """The traps of a device's first layout, with their places in micrometres (get_device_specs).

        None for a device without layouts, where atoms stand wherever a register puts them.
        """
        from anyqpu.providers.pulser_layouts import topology_in

        return topology_in(await self.device_specs(device))

    async def all_device_specs(self) -> dict[str, dict[str, Any]]:
        """The same of all devices, by their types (list_device_specs)."""
        found = (await self.raw.list_device_specs()).data
        return {id: self._specs(id, specs, "list_device_specs") for id, specs in found.items()}

    async def public_device_specs(self) -> dict[str, dict[str, Any]]:
        """The same of the devices that everybody may see; needs no credentials (list_public_device_specs)."""
        found = (await self.raw.list_public_device_specs()).data
        names = [(given(each.device_type) or "", given(each.specs)) for each in found]
        return {id: self._specs(id, specs, "list_public_device_specs") for id, specs in names}

    def _specs(self, id: str, specs: str | None, operation: str) -> dict[str, Any]:
        try:
            value: Any = json.loads(specs or "")
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise UnexpectedResponseError(
                f"the specification of {id} is no JSON object",
                provider=self.provider,
                operation=operation,
                status_code=200,
                body=specs,
            )
        return cast("dict[str, Any]", value)

    def device_queue(self, device: str | Device) -> Pager[QueuedBatch]:
        """The batches that wait for a device or run on it (get_device_queue)."""
        id = _name_of(device)

        async def fetch(start: int) -> QueuedBatchPage:
            return await self.raw.get_device_queue(id, limit=PAGE_SIZE, offset=start)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: [_queued(each) for each in page.data],
            end=page_end,
            total=page_total,
        )

    async def queue_sizes(self, device: str | Device) -> list[QueueSize]:
        """How much waits in a device's queues, in batches, jobs and shots (get_device_queue_size; path inferred)."""
        data = (await self.raw.get_device_queue_size(_name_of(device))).data
        return [
            QueueSize(
                queue=given(each.queue),
                batches=given(each.number_of_batches),
                jobs=given(each.number_of_jobs),
                shots=given(each.number_of_shots),
            )
            for each in given(data.device_queues) or ()
        ]

    # Projects

    def projects(self, *, status: str | None = "ACTIVE") -> Pager[Project]:
        """The projects that you are a member of; with `status=None` also those that are not active (list_projects)."""

        async def fetch() -> list[RawProject]:
            found = await self.raw.list_projects(**({} if status is None else {"project_status": status}))
            return found.data

        return single(fetch, items=lambda found: map(_project_of, found))

    async def project(self, id: str | None = None) -> Project:
        """A project by its identifier; without it, the one that this client uses (list_projects).

        Raises:
            NotFoundError: You are not a member of such a project.
        """
        wanted = id or self._project()
        found = {project.id: project async for project in self.projects(status=None)}
        if wanted not in found:
            names = ", ".join(f"{project.id} ({project.name})" for project in found.values())
            problem, hint = f"there is no project {wanted!r}", f"There are {names}" if names else None
            raise NotFoundError(problem, provider=self.provider, operation="list_projects", hint=hint)
        return found[wanted]

    async def packages(self) -> dict[str, str]:
        """What projects can be booked with: the names of the packages by their codes (list_packages)."""
        found = (await self.raw.list_packages()).data
        return {given(each.value) or "": given(each.label) or "" for each in found}

    def _project(self) -> str:
        project = self.settings.get_value("project_id")
        if project is None:
            raise ConfigError("Pasqal needs a project", provider=self.provider, hint="Give project_id= to connect")
        return checked_id(project, "project_id")


def _name_of(device: str | Device) -> str:
    name = device.id if isinstance(device, Device) else device
    if not name:
        raise ValidationError("a device is a text such as 'EMU_FREE'", provider="pasqal", fields=("device",))
    return name


def _devices_of(page: DevicePage) -> list[Device]:
    return [mapping.device_of(each) for each in page.data]


def _queued(raw: Mapping[str, Any]) -> QueuedBatch:
    """An entry of a queue, of which the document says nothing: it has the fields of a batch."""
    counts, number = raw.get("jobs_count_per_status"), raw.get("jobs_count")
    waiting: Any = cast("dict[str, Any]", counts).get("PENDING", 0) if isinstance(counts, dict) else number
    return QueuedBatch(
        id=raw.get("id"),
        status=raw.get("status"),
        waiting_jobs=waiting if isinstance(waiting, int) else None,
        priority=raw.get("priority"),
        queue_priority=raw.get("queue_priority"),
        raw=raw,
    )


def _project_of(raw: RawProject) -> Project:
    return Project(
        id=given(raw.project_id) or raw.id,
        name=given(raw.name),
        status=given(raw.project_status),
        queue_priority=text(raw.queue_priority),
        package=given(raw.package),
        device_types=tuple(given(raw.allowed_device_types) or ()),
        last_activity_at=given(raw.last_activity_date),
        raw=raw,
    )
