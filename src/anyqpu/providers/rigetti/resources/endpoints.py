"""Endpoints: the ways to processors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from anyqpu_raw.rigetti import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_object, checked_several, checked_text, checked_texts
from anyqpu.core.checks import check_timeout
from anyqpu.core.values import or_none
from anyqpu.model.polling import PollPolicy
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti.arguments import PROVIDER, checked_id, device_id, endpoint_id
from anyqpu.waiting import Phase, Subject, poll_until

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.model.device import Device
    from anyqpu.providers.rigetti import mapping
    from anyqpu.providers.rigetti.adapter import RigettiAdapter
    from anyqpu.providers.rigetti.records import Endpoint
else:
    reading = LazyModule("anyqpu.core.reading")
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")


class Endpoints:
    """Endpoints. `rigetti.endpoints()` is short for `rigetti.endpoints.list()`."""

    def __init__(self, adapter: RigettiAdapter) -> None:
        self._context = adapter.context
        self._raw = adapter.raw
        self._of_device = adapter.of_device

    def list(
        self, *, filter: str | None = None, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Endpoint]:
        """List all endpoints, or those that fit a filter (ListEndpoints).

        Args:
            filter: In the language of the `rule-engine` package, such as
                `'healthy == true and "Aspen-9" in quantumProcessorIds'`. Filters of reservations have another one.
            page_size: Endpoints per request; None: 100.
            resume_token: `resume_token` of a pager of the same list.
        """
        if filter is not None:
            checked_text(filter, "filter", "healthy == true", PROVIDER)
        return paginate(
            partial(self._raw.list_endpoints, filter_=filter),
            pages.LIST_ENDPOINTS,
            to_items=lambda endpoints: reading.read_each(PROVIDER, endpoints, mapping.endpoint_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str) -> Endpoint:
        """Return an endpoint by its identifier (GetEndpoint); raise `NotFoundError` if it does not exist."""
        return mapping.endpoint_of(await self._raw.get_endpoint(endpoint_id(id)))

    async def default(self, device: str | Device) -> Endpoint:
        """Return the endpoint that leads to a processor (GetDefaultEndpoint); raise `NotFoundError` if it has none."""
        id = device_id(device)
        return mapping.endpoint_of(await self._of_device(id, self._raw.get_default_endpoint(id)))

    async def create(self, devices: Sequence[str | Device] = (), *, datacenters: Sequence[str] = ()) -> Endpoint:
        """Create an endpoint (CreateEndpoint). It may not work at once: see `wait`.

        Args:
            devices: The processors that it leads to.
            datacenters: Where it may run, such as `"berkeley-775"`.

        Raises:
            ValidationError: There is no such processor or datacenter.
            SubmissionUnknownError: It may exist: the response was lost, and endpoints carry no key.
        """
        processors = [device_id(device) for device in checked_several(devices, "devices", PROVIDER)]
        places = checked_texts(datacenters, "datacenters", PROVIDER)
        body = models.CreateEndpointParameters()
        if processors:
            body.quantum_processor_ids = processors
        if places:
            body.datacenters = [models.NomadJobDatacenters(place) for place in places]

        async def send() -> Endpoint:
            return mapping.endpoint_of(await self._raw.create_endpoint(body=body))

        where = ", ".join(
            or_none(body.quantum_processor_ids) or or_none(body.datacenters) or ["the default datacenter"]
        )
        hint = "An endpoint carries no key: see whether endpoints() has it before you create another"
        return await self._context.send_once(send, None, key=f"endpoint for {where}", hint=hint)

    async def delete(self, endpoint: str | Endpoint) -> None:
        """Delete an endpoint of yours (DeleteEndpoint); raise `PermissionDeniedError` for one of others."""
        await self._raw.delete_endpoint(endpoint_id(endpoint))

    async def restart(self, endpoint: str | Endpoint, *, component: str | None = None) -> None:
        """Restart an endpoint of yours, or one component of it (RestartEndpoint).

        It is not healthy for a while: see `wait`. Raises `PermissionDeniedError` for an endpoint of others.
        """
        id = endpoint_id(endpoint)
        if component is None:
            await self._raw.restart_endpoint(id)
        else:
            body = models.RestartEndpointRequest(component_name=checked_id(component, "component", "qpu"))
            await self._raw.restart_endpoint(id, body=body)

    async def wait(
        self, endpoint: str | Endpoint, *, timeout: float | None = None, poll: PollPolicy | None = None
    ) -> Endpoint:
        """Return an endpoint once it is healthy (GetEndpoint).

        Raises:
            WaitTimeoutError: `timeout` seconds went by.
        """
        check_timeout(timeout, PROVIDER)
        id = endpoint_id(endpoint)
        if poll is not None:
            checked_object(poll, PollPolicy, "poll", PROVIDER)
        subject = Subject["Endpoint"](
            name=f"endpoint {id}",
            state=lambda seen: seen.healthy,
            phase=lambda seen: Phase.DONE if seen.healthy is True else Phase.QUEUED,
            status=lambda seen: "healthy" if seen.healthy else "not healthy",
            details=lambda seen: {"provider": PROVIDER, "operation": "GetEndpoint"},
        )
        return await poll_until(
            partial(self.get, id),
            subject,
            policy=poll or self._context.poll,
            clock=self._context.clock,
            timeout=timeout,
        )
