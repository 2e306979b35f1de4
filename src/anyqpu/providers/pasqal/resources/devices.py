"""Specifications of Pasqal's devices, and their queues."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.models import DeviceQueueSize

from anyqpu.core.arguments import shown
from anyqpu.core.reading import OddResponseError, odd_response, read_each, reads
from anyqpu.core.results.forms import FormError, json_in
from anyqpu.core.values import count, finite, or_none
from anyqpu.errors import NotFoundError, PermissionDeniedError
from anyqpu.model.device import Device
from anyqpu.model.serialize import Serializable
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import checked_device
from anyqpu.providers.pasqal.responses import data_of, elements

if TYPE_CHECKING:
    from anyqpu_raw.pasqal.client import RawClient


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedBatch(Serializable):
    """A batch in the queue of a device. None means that the provider gives no value.

    Attributes:
        waiting_jobs: The number of its jobs that wait.
        raw: The provider's description.
    """

    id: str | None
    status: str | None
    waiting_jobs: int | None
    priority: float | None
    queue_priority: str | None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSize(Serializable):
    """The length of a queue. None means that the provider gives no value."""

    queue: str | None
    batches: int | None
    jobs: int | None
    shots: int | None


class Specifications:
    """Channels, layouts and limits of devices, as Pulser describes them."""

    def __init__(self, raw: RawClient) -> None:
        self._raw = raw

    async def get(self, device: str | Device) -> dict[str, Any]:
        """Return the channels, layouts and limits of a device, as Pulser describes them (get_device_specs).

        Raises:
            NotFoundError: There is no such device.
        """
        id = checked_device(device)
        return _specs(id, await self.text(id))

    async def text(self, id: str) -> str | None:
        """Return the specification of a device as JSON text (get_device_specs), or None."""
        return mapping.text_in(data_of(await self._raw.get_device_specs(id)), "specs")

    async def all(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of all devices by type; unreadable ones are left out (list_device_specs)."""
        sent = elements(await self._raw.list_device_specs())
        if sent is not None and not isinstance(sent, dict):
            raise odd_response("pasqal", "an object of specifications was expected")
        pairs = list(cast("dict[str, Any]", sent or {}).items())
        return dict(read_each("pasqal", pairs, lambda pair: (pair[0], _specs(*pair))))

    async def public(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of the public devices by type; no credentials needed (list_public_device_specs)."""

        def specs_of(raw: Any) -> tuple[str, dict[str, Any]]:
            id = mapping.text_in(raw, "device_type") or ""
            return id, _specs(id, mapping.text_in(raw, "specs"))

        return dict(read_each("pasqal", elements(await self._raw.list_public_device_specs()), specs_of))


class Queues:
    """Queues of devices."""

    def __init__(self, raw: RawClient) -> None:
        self._raw = raw

    def batches(
        self, device: str | Device, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[QueuedBatch]:
        """List the batches that wait for a device or run on it (get_device_queue)."""
        return paginate(
            partial(self._raw.get_device_queue, checked_device(device)),
            pages.GET_DEVICE_QUEUE,
            to_items=lambda batches: read_each("pasqal", batches, _queued),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def waiting_jobs(self, device: str | Device) -> int | None:
        """Return how many jobs wait for a device (get_device_queue); None where the provider does not show it."""
        try:
            waiting = [batch.waiting_jobs async for batch in self.batches(device)]
        except (NotFoundError, PermissionDeniedError):
            return None
        return None if None in waiting else sum(number or 0 for number in waiting)

    async def sizes(self, device: str | Device) -> list[QueueSize]:
        """Return the lengths of a device's queues, in batches, jobs, shots (get_device_queue_size; path inferred)."""
        data = data_of(await self._raw.get_device_queue_size(checked_device(device)))
        return read_each("pasqal", mapping.list_in(data, "device_queues"), _queue_size)


def _specs(id: str, specs: Any) -> dict[str, Any]:
    value: Any = None
    with suppress(FormError):
        value = json_in(specs)
    if not isinstance(value, dict):
        raise odd_response("pasqal", f"the specification of {shown(id)} is not a JSON object")
    return cast("dict[str, Any]", value)


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
        queue=or_none(raw.queue),
        batches=count(raw.number_of_batches),
        jobs=count(raw.number_of_jobs),
        shots=count(raw.number_of_shots),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
