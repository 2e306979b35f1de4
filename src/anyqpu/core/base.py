"""A client as such: its parts, and how it is opened and closed."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from anyqpu.core.context import AnyContext, Context
from anyqpu.core.job_runner import JobRunner
from anyqpu.core.provider import ProviderSpec, load
from anyqpu.paging import paginate
from anyqpu.transport.arguments import builder
from anyqpu.waiting import LoopClock

if TYPE_CHECKING:
    from anyqpu.config.settings import Settings
    from anyqpu.core.submit import Search
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.job import JobActions
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.polling import PollPolicy
    from anyqpu.transport.client import Transport
    from anyqpu.waiting import Clock


class BaseClient:
    """The parts of a client.

    Attributes:
        spec: The provider's description.
        capabilities: What the provider can do with what is installed.
        raw: Every operation of the provider's API document, by its operationId in snake_case, awaited and typed.
        settings: What the client was made with; `settings.origin("token")` says where a value came from.
    """

    raw: Any

    def __init__(
        self,
        spec: ProviderSpec,
        transport: Transport,
        settings: Settings,
        *,
        poll: PollPolicy,
        clock: Clock | None = None,
        search: Search | None = None,
        max_cost: Money | None = None,
        prices: Mapping[str, Pricing] | None = None,
    ) -> None:
        self.spec = spec
        self.capabilities: Capabilities = spec.current_capabilities()
        self.settings = settings
        if spec.raw_client is None:
            self.raw = None
        else:
            self.raw = load(spec.raw_client)(transport.call, build=builder(spec.name), pager=paginate)

        def context_of(jobs: JobActions) -> AnyContext:
            return Context(
                spec,
                self.capabilities,
                self.raw,
                transport,
                settings,
                clock or LoopClock(),
                poll,
                search,
                jobs,
                max_cost=max_cost,
                prices=prices or {},
            )

        self._jobs = JobRunner(context_of, load(spec.adapter))
        self._context, self._adapter = self._jobs.context, self._jobs.adapter

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self.spec.name

    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        return self.settings.profile

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Jobs keep running; closing again does nothing."""
        self._adapter.close()
        await self._context.transport.aclose()

    async def check_credentials(self) -> str:
        """Send one small request that needs the credentials; return what it reads, such as `its jobs`.

        Raises:
            AuthenticationError, PermissionDeniedError: They are not valid, or not for that.
        """
        return await self._adapter.check_credentials()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds connections and credentials: pickle the handles of its jobs instead")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
