"""Endpoints, and engagements on them."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta

import anyio
from anyqpu_raw.rigetti.api.engagements import create_engagement
from anyqpu_raw.rigetti.models import AccountType as RawAccountType
from anyqpu_raw.rigetti.models import (
    CreateEndpointParameters,
    CreateEngagementRequest,
    ListEndpointsResponse,
    NomadJobDatacenters,
    RestartEndpointRequest,
)

from anyqpu.core.arguments import checked_object, checked_several, checked_text, checked_texts, is_one_of, shown
from anyqpu.core.checks import check_timeout
from anyqpu.core.values import given
from anyqpu.core.job_runner import wait_until
from anyqpu.errors import AnyQPUError, ServiceUnavailableError, ValidationError, WaitTimeoutError
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.paging import Pager, by_token
from anyqpu.providers.rigetti import mapping
from anyqpu.providers.rigetti.processors import PAGE_SIZE, RigettiProcessors
from anyqpu.providers.rigetti.records import AccountType, Endpoint, Engagement
from anyqpu.transport.arguments import builder
from anyqpu.waiting.poll import LOG_INTERVAL as TELL_EVERY

logger = logging.getLogger("anyqpu")

# A grant that ends sooner than this is not begun with.
SPARE = timedelta(seconds=60)
Grants = tuple[str | None, str | None, str | None, str | None]


def account_header(id: str | None, kind: str | None) -> RawAccountType | None:
    """The type of an account that a call names; raises `ValidationError` if only half of it is named."""
    if (id is None) != (kind is None):
        raise ValidationError(
            "account_id and account_type belong together",
            provider=mapping.PROVIDER,
            fields=("account_id", "account_type"),
            hint="Give both, or neither for the account of the client",
        )
    if kind is None:
        return None
    if not is_one_of(kind, ("user", "group")):
        raise ValidationError(
            f"account_type is 'user' or 'group', not {shown(kind)}", provider=mapping.PROVIDER, fields=("account_type",)
        )
    mapping.needed(id, "account_id", "my-group")
    return RawAccountType(kind)


class RigettiEndpoints(RigettiProcessors):
    """The part of the client that deals with endpoints and engagements."""

    _grants: dict[Grants, Engagement]
    _engaging: dict[Grants, anyio.Lock]

    def endpoints(
        self, *, filter: str | None = None, page_size: int = PAGE_SIZE, resume_token: str | None = None
    ) -> Pager[Endpoint]:
        """All endpoints, or those that fit (ListEndpoints).

        Args:
            filter: In the language of the `rule-engine` package, such as
                `'healthy == true and "Aspen-9" in quantumProcessorIds'`. It is not the one of reservations.
            page_size: How many to ask for at once.
            resume_token: Of a pager of the same list.
        """

        mapping.page_options(page_size, resume_token)
        if filter is not None:
            checked_text(filter, "filter", "healthy == true", self.provider)

        async def fetch(token: str | None) -> ListEndpointsResponse:
            return await self.raw.list_endpoints(filter_=filter, page_size=page_size, page_token=token)

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "endpoints", mapping.endpoint_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda endpoint: endpoint.id,
            name="ListEndpoints",
        )

    async def endpoint(self, id: str) -> Endpoint:
        """An endpoint by its identifier (GetEndpoint); raises `NotFoundError` if there is none."""
        return mapping.endpoint_of(await self.raw.get_endpoint(mapping.needed(id, "endpoint", "aspen-9-default")))

    async def default_endpoint(self, device: str | Device) -> Endpoint:
        """The endpoint that leads to a processor (GetDefaultEndpoint); raises `NotFoundError` if it has none."""
        id = self._id(device)
        return mapping.endpoint_of(await self._of_processor(id, self.raw.get_default_endpoint(id)))

    async def create_endpoint(
        self, devices: Sequence[str | Device] = (), *, datacenters: Sequence[str] = ()
    ) -> Endpoint:
        """An endpoint of one's own (CreateEndpoint). It may not work at once: see `wait_for_endpoint`.

        Args:
            devices: The processors that it leads to.
            datacenters: Where it may run, such as `"berkeley-775"`.

        Raises:
            ValidationError: There is no such processor or datacenter.
            SubmissionUnknownError: It may exist: the response was lost, and endpoints carry no key.
        """
        processors = [self._id(device) for device in checked_several(devices, "devices", self.provider)]
        places = checked_texts(datacenters, "datacenters", self.provider)
        body = CreateEndpointParameters()
        if processors:
            body.quantum_processor_ids = processors
        if places:
            body.datacenters = [NomadJobDatacenters(place) for place in places]

        async def send() -> Endpoint:
            return mapping.endpoint_of(await self.raw.create_endpoint(body=body))

        where = ", ".join(given(body.quantum_processor_ids) or given(body.datacenters) or ["the default datacenter"])
        hint = "An endpoint carries no key: see whether endpoints() has it before you create another"
        return await self._send_once(send, None, key=f"endpoint for {where}", hint=hint)

    async def delete_endpoint(self, endpoint: str | Endpoint) -> None:
        """Delete an endpoint of one's own (DeleteEndpoint); raises `PermissionDeniedError` for others."""
        await self.raw.delete_endpoint(endpoint_id(endpoint))

    async def restart_endpoint(self, endpoint: str | Endpoint, *, component: str | None = None) -> None:
        """Restart an endpoint of one's own, or one component of it (RestartEndpoint).

        It is not healthy for a while: see `wait_for_endpoint`. Raises `PermissionDeniedError` for others.
        """
        if component is None:
            await self.raw.restart_endpoint(endpoint_id(endpoint))
        else:
            body = RestartEndpointRequest(component_name=mapping.needed(component, "component", "qpu"))
            await self.raw.restart_endpoint(endpoint_id(endpoint), body=body)

    async def wait_for_endpoint(
        self, endpoint: str | Endpoint, *, timeout: float | None = None, poll: PollPolicy | None = None
    ) -> Endpoint:
        """An endpoint once it is healthy (GetEndpoint).

        Raises:
            WaitTimeoutError: `timeout` seconds went by.
        """
        check_timeout(timeout, self.provider)
        id = endpoint_id(endpoint)
        if poll is not None:
            checked_object(poll, PollPolicy, "poll", self.provider)

        async def look() -> Endpoint:
            return await self.endpoint(id)

        return await wait_until(  # type: ignore[no-any-return]
            look,
            done=lambda seen: seen.healthy is True,
            status=lambda seen: "healthy" if seen.healthy else "not healthy",
            policy=poll or self._poll,
            clock=self._clock,
            name=f"endpoint {id}",
            timeout=timeout,
            provider=self.provider,
            operation="GetEndpoint",
        )

    # Engagements

    async def engage(
        self,
        device: str | Device | None = None,
        *,
        endpoint: str | Endpoint | None = None,
        timeout: float | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        tags: Sequence[str] = (),
    ) -> Engagement:
        """What it takes to execute programs, waited for while the endpoint is busy (CreateEngagement).

        A busy endpoint answers 503 and says when to ask again (`Retry-After`), which is obeyed. A grant that was given
        before is given again until shortly before it expires. `submit` does this itself.

        Args:
            device: The processor.
            endpoint: The endpoint, in place of the processor's default one.
            timeout: Seconds in all; None: as long as it takes.
            account_id: Who pays: a user's id, or the name of a group. None: whom the client acts for.
            account_type: Which of the two that is.
            tags: For your own use.

        Raises:
            WaitTimeoutError: It is busy, and will be for longer than `timeout`.
            NotFoundError: There is no such processor or endpoint.
        """
        check_timeout(timeout, self.provider)
        if device is None and endpoint is None:
            raise ValidationError(
                "an engagement is on a device or an endpoint", provider=self.provider, fields=("device",)
            )
        place = None if endpoint is None else endpoint_id(endpoint)
        id = None if device is None else self._id(device)
        kind = account_header(account_id, account_type)
        key: Grants = (id, place, account_id, account_type)
        body = CreateEngagementRequest()
        if id is not None:
            body.quantum_processor_id = id
        if place is not None:
            body.endpoint_id = place
        if account_id is not None and kind is not None:
            body.account_id, body.account_type = account_id, kind
        if tags:
            body.tags = checked_texts(tags, "tags", self.provider)
        name = f"an engagement on {place or id}"
        try:
            with self._clock.limit(timeout):
                # Many who ask at once need one grant between them.
                async with self._one_at_a_time(key):
                    kept = self._grants.get(key)
                    if kept is not None and _lasts(kept, self._clock.wall()) and not tags:
                        return kept
                    grant = await self._engage(body, name, timeout)
                    # It serves those, too, who name the endpoint that it turned out to be on.
                    self._drop_expired()
                    for each in (key, (id, grant.endpoint_id, account_id, account_type)):
                        self._grants[each] = grant
                    return grant
        except AnyQPUError:
            raise
        except TimeoutError:
            raise self._busy(name, timeout, None) from None

    async def _engage(self, body: CreateEngagementRequest, name: str, timeout: float | None) -> Engagement:
        began = told = self._clock.now()
        failed = 0
        while True:
            try:
                # Not sent again by the transport on a 503: that is what this loop is for, and it has no end of its own.
                raw = await self._transport.call(
                    create_engagement.OPERATION,
                    builder(self.provider)(create_engagement.OPERATION, create_engagement.build_request, body=body),
                    create_engagement.parse_response,
                    idempotent=False,
                )
                return mapping.grant_of(raw, given(body.quantum_processor_id))
            except AnyQPUError as error:
                busy = isinstance(error, ServiceUnavailableError)
                failed += not busy
                if not error.retryable or failed > self._poll.max_errors:
                    raise
                elapsed, after = self._clock.now() - began, error.retry_after
                delay = self._poll.interval(elapsed, at_least=after)
                if busy and timeout is not None and after is not None and elapsed + after >= timeout:
                    # Nobody has to wait for what will not be.
                    raise self._busy(name, timeout, after) from None
            if self._clock.now() - told >= TELL_EVERY:
                told = self._clock.now()
                logger.info("still waiting for %s: busy for %.0f s", name, elapsed)
            await self._clock.sleep(delay)

    def _busy(self, name: str, timeout: float | None, after: float | None) -> WaitTimeoutError:
        return WaitTimeoutError(
            f"there is no {name.removeprefix('an ')} within {timeout or 0:g} s: it is busy",
            last_status="busy",
            provider=self.provider,
            operation="CreateEngagement",
            retry_after=after,
            hint=f"The cloud says to ask again in {after:g} s" if after is not None else "Try again later",
        )

    @contextlib.asynccontextmanager
    async def _one_at_a_time(self, key: Grants) -> AsyncGenerator[None]:
        """Hold the lock of a kind of grant, which is kept as long as a task holds it or waits for it."""
        lock = self._engaging.setdefault(key, anyio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked() and self._engaging.get(key) is lock:
                del self._engaging[key]

    def _drop_expired(self) -> None:
        now = self._clock.wall()
        for key in [key for key, grant in self._grants.items() if not _lasts(grant, now)]:
            del self._grants[key]

    def _forget(self, grant: Engagement) -> None:
        """Give this grant to nobody any more."""
        for key in [key for key, kept in self._grants.items() if kept == grant]:
            del self._grants[key]


def _lasts(grant: Engagement, now: datetime) -> bool:
    return grant.expires_at is not None and now + SPARE < grant.expires_at


def endpoint_id(endpoint: str | Endpoint) -> str:
    """Return the identifier of an endpoint; raise `ValidationError` for anything else."""
    return mapping.needed(endpoint.id if isinstance(endpoint, Endpoint) else endpoint, "endpoint", "aspen-9-default")
