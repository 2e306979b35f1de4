"""What the parts of one client share: its connection, clock, policies and the devices it has looked up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from anyqpu.core import submit
from anyqpu.core.memory import DEVICE_SECONDS, Memory
from anyqpu.core.own_sessions import OwnSessions
from anyqpu.errors import SubmissionUnknownError, UnsupportedOperationError
from anyqpu.transport import exchange

if TYPE_CHECKING:
    from anyqpu.config.settings import Settings
    from anyqpu.core.adapter import Prepared, Submission
    from anyqpu.core.provider import ProviderSpec
    from anyqpu.core.submit import Search
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job, JobActions
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.polling import PollPolicy
    from anyqpu.transport.client import Transport
    from anyqpu.transport.send_guard import BeforeSend
    from anyqpu.waiting import Clock

R = TypeVar("R")
T = TypeVar("T")

# What people call what a cloud does not have, where that is not the name of the capability.
WORDS = {
    "find_slots": "list of free times",
    "calibration": "calibrations",
    "job_listing": "list of jobs",
    "find": "way to find a job by its key",
    "cancel": "way to cancel a job",
    "delete": "way to delete a job",
    "drain": "way to drain a session",
}


@dataclass(frozen=True, eq=False)
class Context(Generic[R]):
    """What the parts of one client share. It is made by the client, and has nothing that changes but its devices.

    Attributes:
        spec: The provider's description.
        capabilities: What the provider can do with what is installed.
        raw: The generated client, or None.
        transport: Sends requests that the generated client does not make, such as downloads.
        settings: What the client was made with.
        clock: Time; a test may run it faster.
        poll: Polling policy of waits that have none of their own.
        search: How long to search for a submit whose outcome is unknown.
        jobs: What the jobs of this client call when they are waited for, cancelled or refreshed.
        address: Base URL of the provider's API; None where it is not an address, in the emulator of this process.
        max_cost: The most that a submit may cost; None: no limit.
        prices: The user's own prices, by device or `provider:device`.
        devices: Devices that were looked up within the last minutes.
        own_sessions: Sessions that submits opened.
    """

    spec: ProviderSpec
    capabilities: Capabilities
    raw: R
    transport: Transport
    settings: Settings
    clock: Clock
    poll: PollPolicy
    search: Search | None
    jobs: JobActions
    address: str | None = None
    max_cost: Money | None = None
    prices: Mapping[str, Pricing] = field(default_factory=dict[str, "Pricing"])
    devices: Memory[Device] = field(init=False)
    own_sessions: OwnSessions = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "devices", Memory(self.clock, seconds=DEVICE_SECONDS))
        object.__setattr__(self, "own_sessions", OwnSessions(self.clock, self.spec.name))

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self.spec.name

    @property
    def account(self) -> dict[str, str]:
        """The settings that say whose jobs these are; none of them is a credential."""
        values = {name: self.settings.get_value(name) for name in self.spec.identity}
        return {name: value for name, value in values.items() if value}

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, for handles, where it is not the usual one."""
        return None if self.address == self.spec.endpoints.base_url else self.address

    async def send_once(
        self,
        send: Callable[[], Awaitable[T]],
        find: Callable[[str, datetime], Awaitable[T | None]] | None,
        *,
        key: str,
        timeout: float | None = None,
        hint: str | None = None,
        before_send: BeforeSend | None = None,
    ) -> T:
        """Send what costs money once; see `submit_once`. Without a timeout it has the total time of a call."""
        limit = self.transport.timeouts.total if timeout is None else timeout
        return await submit.submit_once(
            send,
            find,
            key=key,
            provider=self.spec.name,
            search=self.search,
            clock=self.clock,
            timeout=limit,
            hint=hint,
            before_send=before_send,
        )

    async def send_prepared(self, prepared: Prepared, submission: Submission) -> Job:
        """Send a prepared submit once; keep the session that was opened for it open until its job has ended."""
        lease = prepared.lease
        sending: exchange.Sending | None = None

        async def send() -> Job:
            nonlocal sending
            sending = exchange.watched()
            return await prepared.send()

        try:
            if lease is not None:
                lease.begin()
            job = await self.send_once(
                send,
                prepared.find,
                key=submission.key,
                timeout=prepared.timeout or submission.timeout,
                hint=prepared.hint,
                before_send=submission.before_send,
            )
        except BaseException as error:
            if lease is not None:
                is_sent = sending is not None and sending.may_have_arrived is not False
                # Errors other than that of an unknown outcome say that the job does not exist; a cancellation does not.
                if isinstance(error, SubmissionUnknownError) or (is_sent and not isinstance(error, Exception)):
                    lease.leave(submission.key, error)
                else:
                    await lease.release()
            raise
        if lease is not None:
            lease.take(job)
        return job

    def unsupported(self, capability: str) -> NoReturn:
        """Raise `UnsupportedOperationError` for what the provider lacks, with the nearest thing that it has."""
        raise unsupported(self.spec, self.capabilities, capability)


def unsupported(spec: ProviderSpec, capabilities: Capabilities, capability: str) -> UnsupportedOperationError:
    """Return the error for what a provider lacks; its hint is the nearest thing that the provider has."""
    return UnsupportedOperationError(
        f"{spec.name.capitalize()} has no {WORDS.get(capability, capability)}",
        provider=spec.name,
        hint=capabilities.instead.get(capability),
    )


AnyContext = Context[Any]
