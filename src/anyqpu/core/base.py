"""A client as such: its parts, and how it is opened and closed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import check_device, naming
from anyqpu.core.provider import ProviderSpec, load
from anyqpu.errors import AnyQPUError
from anyqpu.transport.arguments import builder

if TYPE_CHECKING:
    from anyqpu import paging, waiting
    from anyqpu.config.settings import Settings
    from anyqpu.core import context as contexts
    from anyqpu.core import job_runner, keyed, transpiling
    from anyqpu.core.adapter import Adapter, Prepared, Submission
    from anyqpu.core.context import AnyContext
    from anyqpu.core.job_runner import JobRunner
    from anyqpu.core.keyed import KeyedJobs
    from anyqpu.core.many_jobs import ManyJobs
    from anyqpu.core.submit import Search
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job, JobActions, WaitOptions
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.native import NativeForm, NativeProgram, TranspileOptions
    from anyqpu.model.polling import PollPolicy
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.result import Result
    from anyqpu.transport.client import Transport
    from anyqpu.waiting import Clock
else:
    transpiling = LazyModule("anyqpu.core.transpiling")
    paging, waiting = LazyModule("anyqpu.paging"), LazyModule("anyqpu.waiting")
    contexts, job_runner, keyed = (LazyModule(f"anyqpu.core.{name}") for name in ("context", "job_runner", "keyed"))


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
        address: str | None = None,
        max_cost: Money | None = None,
        prices: Mapping[str, Pricing] | None = None,
    ) -> None:
        self.spec = spec
        self.capabilities: Capabilities = spec.current_capabilities()
        self.settings = settings
        self.raw = None
        if spec.raw_client is not None:
            self.raw = load(spec.raw_client)(transport.call, build=builder(spec.name), pager=_pager)
        self._transport = transport

        def context_of(jobs: JobActions) -> AnyContext:
            return contexts.Context(
                spec,
                self.capabilities,
                self.raw,
                transport,
                settings,
                clock or waiting.LoopClock(),
                poll,
                search,
                jobs,
                address=address,
                max_cost=max_cost,
                prices=prices or {},
            )

        self._context_of = context_of

    # What the common verbs need is made, and imported, with the first of them: calls of `raw` need none of it.

    @cached_property
    def _jobs(self) -> JobRunner:
        return job_runner.JobRunner(self._context_of, load(self.spec.adapter))

    @cached_property
    def _context(self) -> AnyContext:
        return self._jobs.context

    @cached_property
    def _adapter(self) -> Adapter[Any]:
        return self._jobs.adapter

    @cached_property
    def _keyed(self) -> KeyedJobs:
        return keyed.KeyedJobs(self._adapter)

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self.spec.name

    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        return self.settings.profile

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose jobs these are, such as `project_id`; never a credential."""
        return self._context.account

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one; None in the emulator of this process."""
        return self._context.base_url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, and sessions that `submit` opened and whose jobs have ended.

        Jobs keep running, and so do their sessions: these end when they have been idle for their limit. Closing again
        does nothing.
        """
        if "_jobs" in vars(self):
            await self._context.own_sessions.aclose()
            self._adapter.close()
        await self._transport.aclose()

    async def check_credentials(self) -> str:
        """Send one small request that needs the credentials; return what it reads, such as `its jobs`.

        Raises:
            AuthenticationError, PermissionDeniedError: They are not valid, or not for that.
        """
        return await self._adapter.check_credentials()

    # What a job calls

    async def refresh_job(self, job: Job) -> Job:
        """Return a job as it is now; the same as `job.refresh()`."""
        return await self._jobs.refresh_job(job)

    async def refresh_jobs(self, jobs: Sequence[Job], *, return_errors: bool = False) -> list[Job | AnyQPUError]:
        """Return jobs as they are now, in their order; those that a list can show take a small part of a request each.

        A job that has ended is returned as it is. A job of `attach` needs no request before.

        Args:
            jobs: Jobs of this client.
            return_errors: Return an error of one job, such as that it does not exist any more, in its place. Otherwise
                the first one is raised.
        """
        return await self._jobs.refresh_jobs(jobs, return_errors=return_errors)

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job and return it as it is then; the same as `job.cancel()`.

        A job that has ended is returned as it is.
        """
        return await self._jobs.cancel_job(job)

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """Return a job in its final state; the same as `job.wait()`."""
        return await self._jobs.wait_for_job(job, options, on_update=on_update, cancel_remote=cancel_remote)

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """Return the result of a job, waited for; the same as `job.result()`."""
        return await self._jobs.result_of_job(job, options)

    def events_of_job(self, job: Job, options: WaitOptions) -> AsyncIterator[Job]:
        """Iterate over a job at each change of its status; the same as `job.events()`."""
        return self._jobs.events_of_job(job, options)

    # Programs

    async def _prepared(self, submission: Submission) -> Prepared:
        """Return what sends a submission, with programs in the device's native form if that was requested."""
        if submission.transpile is False:
            return await self._adapter.prepare(submission)
        return await transpiling.prepared(self._adapter, submission)

    async def native_programs(
        self,
        program: ProgramSource | Sequence[ProgramSource],
        *,
        device: str | Device,
        transpile: bool | int | TranspileOptions = True,
        parameters: Mapping[str, Any] | None = None,
    ) -> list[NativeProgram]:
        """Return the programs that `submit(transpile=...)` would send, and how large they are before and after.

        Raises:
            ConfigError: Qiskit is not installed.
            UnsupportedOperationError, ValidationError: The device, or the program, cannot be transpiled for.
        """
        check_device(device, self.provider)
        with naming(self.provider):
            return await transpiling.native_programs(program, device, self._adapter, transpile, parameters)

    async def native_form(self, device: str | Device) -> NativeForm:
        """Return the gates, qubits, couplings and errors of a device as a transpiler needs them.

        Raises:
            UnsupportedOperationError: They are not known.
        """
        check_device(device, self.provider)
        return await self._adapter.native_form(await self._adapter.target(device))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds connections and credentials: pickle the handles of its jobs instead")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def _pager(*arguments: Any, **options: Any) -> Any:
    """Make a pager; what lists need is imported with the first of them."""
    return paging.paginate(*arguments, **options)


def context_of(client: BaseClient) -> AnyContext:
    """Return what the parts of a client share, such as its clock: for anyqpu's own packages."""
    return client._context  # pyright: ignore[reportPrivateUsage]


def adapter_of(client: BaseClient) -> Adapter[Any]:
    """Return the operations of a client's provider: for anyqpu's own packages."""
    return client._adapter  # pyright: ignore[reportPrivateUsage]


def many_jobs_of(client: BaseClient) -> ManyJobs:
    """Return what refreshes many jobs of a client: for anyqpu's own packages."""
    return client._jobs.many  # pyright: ignore[reportPrivateUsage]
