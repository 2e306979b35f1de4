"""Devices of Pasqal Cloud and their queues; the projects in which they are used."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from anyqpu_raw.pasqal.client import RawClient
from anyqpu_raw.pasqal.models import DevicePage, DeviceQueueSize, Package, QueuedBatchPage
from anyqpu_raw.pasqal.models import Project as RawProject

from anyqpu.core.arguments import checked_flag, checked_text, checked_texts, shown
from anyqpu.core.checks import no_device
from anyqpu.core.jobs import JobsClient
from anyqpu.core.reading import OddResponseError, identity, odd_response, read_each, reads
from anyqpu.core.results.forms import FormError, json_in
from anyqpu.core.values import count, finite, given, moment_or_seconds, text, texts
from anyqpu.errors import (
    ConfigError,
    NotFoundError,
    PermissionDeniedError,
    ValidationError,
)
from anyqpu.model.device import Device
from anyqpu.paging import Pager, offset, single
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import checked_device, checked_id
from anyqpu.providers.pasqal.pages import PAGE_SIZE, data_of, elements, page_end, page_total

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
            types = [device_types] if isinstance(device_types, str) else device_types
            filters["device_type"] = checked_texts(types, "device_types", self.provider)
        if availability is not None:
            words = [availability] if isinstance(availability, str) else availability
            words = checked_texts(words, "availability", self.provider)
            wrong = [word for word in words if word not in AVAILABILITIES]
            if wrong:
                problem, hint = f"availability is never {wrong[0]!r}", f"It is one of {', '.join(AVAILABILITIES)}"
                raise ValidationError(problem, provider=self.provider, fields=("availability",), hint=hint)
            filters["availability"] = words
        if public is not None:
            filters["public"] = checked_flag(public, "public", self.provider)

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
        name = checked_device(id)
        found = {device.id: device async for device in self.devices()}
        if name not in found:
            raise no_device(name, found, provider=self.provider, operation="list_devices")
        return found[name], await self._specs_text(name)

    async def _specs_text(self, id: str) -> str | None:
        return mapping.text_in(data_of(await self.raw.get_device_specs(id)), "specs")

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
        id = checked_device(device)
        return self._specs(id, await self._specs_text(id))

    async def topology(self, device: str | Device) -> Topology | None:
        """The traps of a device's first layout, with their places in micrometres (get_device_specs).

        None for a device without layouts, where atoms stand wherever a register puts them.
        """
        from anyqpu.core.programs.pulser_layouts import topology_in

        return topology_in(await self.device_specs(device))

    async def all_device_specs(self) -> dict[str, dict[str, Any]]:
        """The same of all devices, by their types; those that cannot be read are left out (list_device_specs)."""
        sent = elements(await self.raw.list_device_specs())
        if sent is not None and not isinstance(sent, dict):
            raise odd_response(self.provider, "an object of specifications was expected")
        pairs = list(cast("dict[str, Any]", sent or {}).items())
        return dict(read_each(self.provider, pairs, lambda pair: (pair[0], self._specs(*pair))))

    async def public_device_specs(self) -> dict[str, dict[str, Any]]:
        """The same of the devices that everybody may see; needs no credentials (list_public_device_specs)."""

        def specs_of(raw: Any) -> tuple[str, dict[str, Any]]:
            id = mapping.text_in(raw, "device_type") or ""
            return id, self._specs(id, mapping.text_in(raw, "specs"))

        return dict(read_each(self.provider, elements(await self.raw.list_public_device_specs()), specs_of))

    def _specs(self, id: str, specs: Any) -> dict[str, Any]:
        value: Any = None
        with suppress(FormError):
            value = json_in(specs)
        if not isinstance(value, dict):
            raise odd_response(self.provider, f"the specification of {shown(id)} is not a JSON object")
        return cast("dict[str, Any]", value)

    def device_queue(self, device: str | Device) -> Pager[QueuedBatch]:
        """The batches that wait for a device or run on it (get_device_queue)."""
        id = checked_device(device)

        async def fetch(start: int) -> QueuedBatchPage:
            return await self.raw.get_device_queue(id, limit=PAGE_SIZE, offset=start)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: read_each(self.provider, elements(page), _queued),
            end=page_end,
            total=page_total,
            identity=lambda batch: batch.id,
        )

    async def queue_sizes(self, device: str | Device) -> list[QueueSize]:
        """How much waits in a device's queues, in batches, jobs and shots (get_device_queue_size; path inferred)."""
        data = data_of(await self.raw.get_device_queue_size(checked_device(device)))
        return read_each(self.provider, mapping.list_in(data, "device_queues"), _queue_size)

    # Projects

    def projects(self, *, status: str | None = "ACTIVE") -> Pager[Project]:
        """The projects that you are a member of; with `status=None` also those that are not active (list_projects)."""

        wanted = {} if status is None else {"project_status": checked_text(status, "status", "ACTIVE", self.provider)}

        async def fetch() -> Any:
            return elements(await self.raw.list_projects(**wanted))

        return single(fetch, items=lambda projects: read_each(self.provider, projects, _project_of))

    async def project(self, id: str | None = None) -> Project:
        """A project by its identifier; without it, the one that this client uses (list_projects).

        Raises:
            NotFoundError: You are not a member of such a project.
        """
        wanted = self._project() if id is None else checked_text(id, "id", "5904a9f2", self.provider)
        found = {project.id: project async for project in self.projects(status=None)}
        if wanted not in found:
            names = ", ".join(f"{project.id} ({project.name})" for project in found.values())
            problem, hint = f"there is no project {shown(wanted)}", f"There are {names}" if names else None
            raise NotFoundError(problem, provider=self.provider, operation="list_projects", hint=hint)
        return found[wanted]

    async def packages(self) -> dict[str, str]:
        """What projects can be booked with: the names of the packages by their codes (list_packages)."""
        sent = elements(await self.raw.list_packages())
        return dict(read_each(self.provider, sent, _package_of))

    def _project(self) -> str:
        project = self.settings.get_value("project_id")
        if project is None:
            raise ConfigError("Pasqal needs a project", provider=self.provider, hint="Give project_id= to connect")
        return checked_id(project, "project_id")


def _devices_of(page: DevicePage) -> list[Device]:
    return read_each("pasqal", elements(page), mapping.device_of)


@reads("pasqal")
def _queued(raw: Any) -> QueuedBatch:
    """Return an entry of a queue, which the document does not describe: it has the fields of a batch."""
    if not isinstance(raw, dict):
        raise OddResponseError("an entry of a queue is not an object")
    fields = cast("dict[str, Any]", raw)
    counts = fields.get("jobs_count_per_status")
    waiting: Any = fields.get("jobs_count")
    if isinstance(counts, dict):
        waiting = cast("dict[str, Any]", counts).get("PENDING", 0)
    return QueuedBatch(
        id=_text(fields.get("id")),
        status=_text(fields.get("status")),
        waiting_jobs=count(waiting),
        priority=finite(fields.get("priority")),
        queue_priority=_text(fields.get("queue_priority")),
        raw=fields,
    )


@reads("pasqal")
def _queue_size(raw: DeviceQueueSize) -> QueueSize:
    return QueueSize(
        queue=given(raw.queue),
        batches=count(raw.number_of_batches),
        jobs=count(raw.number_of_jobs),
        shots=count(raw.number_of_shots),
    )


@reads("pasqal", as_sent=("last_activity_date",))
def _project_of(raw: RawProject) -> Project:
    return Project(
        id=identity(given(raw.project_id) or raw.id),
        name=given(raw.name),
        status=given(raw.project_status),
        queue_priority=text(raw.queue_priority),
        package=given(raw.package),
        device_types=texts(raw.allowed_device_types),
        last_activity_at=moment_or_seconds(raw.last_activity_date),
        raw=raw,
    )


@reads("pasqal")
def _package_of(raw: Package) -> tuple[str, str]:
    return identity(raw.value, "value"), given(raw.label) or ""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
