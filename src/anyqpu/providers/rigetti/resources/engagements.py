"""Engagements: access to an endpoint for a while, kept until shortly before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import anyio
from anyqpu_raw.rigetti import models
from anyqpu_raw.rigetti.api.engagements import create_engagement

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_texts
from anyqpu.core.checks import check_timeout
from anyqpu.core.memory import Memory
from anyqpu.core.values import or_none
from anyqpu.errors import AnyQPUError, ServiceUnavailableError, ValidationError, WaitTimeoutError
from anyqpu.providers.rigetti.arguments import PROVIDER, account_type_to_send, device_id, endpoint_id
from anyqpu.transport.arguments import builder
from anyqpu.waiting import Phase, Subject, poll_until

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core.context import Context
    from anyqpu.model.device import Device
    from anyqpu.providers.rigetti import mapping
    from anyqpu.providers.rigetti.records import AccountType, Endpoint, Engagement
else:
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")

# An engagement that ends sooner than this is not used any more.
SPARE = timedelta(seconds=60)
# Age at which an engagement is forgotten, whatever its own end: one that lasts a day is renewed for one request a day.
KEPT_SECONDS = 86_400.0


class Engagements:
    """Engagements of one client."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._context = context
        self._kept = Memory["Engagement"](context.clock, seconds=KEPT_SECONDS)
        # A lock exists as long as a task holds it or waits for it.
        self._locks: WeakValueDictionary[str, anyio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._kept)

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
        """Return access to an endpoint, waited for while it is busy (CreateEngagement). `submit` does this itself.

        A busy endpoint responds with 503 and says when to try again (`Retry-After`), which is obeyed. An engagement is
        kept and returned again until shortly before it ends.

        Args:
            device: The processor.
            endpoint: The endpoint, in place of the processor's default one.
            timeout: Seconds in all; None: no limit.
            account_id: The account that pays: a user's id, or the name of a group. None: that of the client.
            account_type: Whether that is a user or a group.
            tags: For your own use.

        Raises:
            WaitTimeoutError: The endpoint is busy, and will be for longer than `timeout`.
            NotFoundError: There is no such processor or endpoint.
        """
        check_timeout(timeout, PROVIDER)
        if device is None and endpoint is None:
            raise ValidationError("an engagement is on a device or an endpoint", provider=PROVIDER, fields=("device",))
        body = models.CreateEngagementRequest()
        if device is not None:
            body.quantum_processor_id = device_id(device)
        if endpoint is not None:
            body.endpoint_id = endpoint_id(endpoint)
        kind = account_type_to_send(account_id, account_type)
        if account_id is not None and kind is not None:
            body.account_id, body.account_type = account_id, kind
        if tags:
            body.tags = checked_texts(tags, "tags", PROVIDER)
        key = _key(or_none(body.quantum_processor_id), or_none(body.endpoint_id), account_id, account_type)
        name = f"engagement on {or_none(body.endpoint_id) or or_none(body.quantum_processor_id)}"
        # Tasks that engage at the same time share one engagement.
        lock = self._locks.setdefault(key, anyio.Lock())
        try:
            with self._context.clock.limit(timeout):
                async with lock:
                    kept = self._kept.get(key)
                    if kept is not None and not tags and _lasts(kept, self._context.clock.wall()):
                        return kept
                    engagement = await self._wait_until_free(body, name, timeout)
                    # It serves calls that name its endpoint, too.
                    same = _key(or_none(body.quantum_processor_id), engagement.endpoint_id, account_id, account_type)
                    self._kept.put(key, engagement)
                    self._kept.put(same, engagement)
                    return engagement
        except AnyQPUError:
            raise
        except TimeoutError:
            pass
        raise _busy(name, timeout, None)

    async def _wait_until_free(
        self, body: models.CreateEngagementRequest, name: str, timeout: float | None
    ) -> Engagement:
        """Request an engagement until the endpoint is not busy any more, as often as the endpoint says."""
        context = self._context
        began = context.clock.now()
        retry_after: float | None = None

        async def fetch() -> Engagement | None:
            nonlocal retry_after
            try:
                # The transport does not repeat it on a 503: polling does, and without a limit.
                raw = await context.transport.call(
                    create_engagement.OPERATION,
                    builder(PROVIDER)(create_engagement.OPERATION, create_engagement.build_request, body=body),
                    create_engagement.parse_response,
                    idempotent=False,
                )
            except ServiceUnavailableError as error:
                retry_after = error.retry_after
            else:
                return mapping.engagement_of(raw, or_none(body.quantum_processor_id))
            if timeout is not None and retry_after and context.clock.now() - began + retry_after >= timeout:
                # There is no use in waiting for the next attempt.
                raise _busy(name, timeout, retry_after)
            return None

        subject = Subject["Engagement | None"](
            name=name,
            state=lambda seen: "busy" if seen is None else "free",
            phase=lambda seen: Phase.QUEUED if seen is None else Phase.DONE,
            details=lambda seen: {"provider": PROVIDER, "operation": "CreateEngagement"},
            retry_after=lambda seen: retry_after,
        )
        engagement = await poll_until(fetch, subject, policy=context.poll, clock=context.clock)
        assert engagement is not None  # noqa: S101  # a poll that is done has one
        return engagement

    def forget(self, engagement: Engagement) -> None:
        """Do not return an engagement again, since it is over; no request."""
        self._kept.discard(lambda kept: kept == engagement)

    def clear(self) -> None:
        """Forget all engagements and their keys; no request."""
        self._kept.clear()


def _key(device: str | None, endpoint: str | None, account_id: str | None, account_type: str | None) -> str:
    return repr((device, endpoint, account_id, account_type))


def _lasts(engagement: Engagement, now: datetime) -> bool:
    return engagement.expires_at is not None and now + SPARE < engagement.expires_at


def _busy(name: str, timeout: float | None, retry_after: float | None) -> WaitTimeoutError:
    return WaitTimeoutError(
        f"no {name} within {timeout or 0:g} s: it is busy",
        last_status="busy",
        provider=PROVIDER,
        operation="CreateEngagement",
        retry_after=retry_after,
        hint="Try again later" if retry_after is None else f"Rigetti says to ask again in {retry_after:g} s",
    )
