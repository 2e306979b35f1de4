"""Types of the blocking classes of `anyqpu.core.base`. Written by scripts/sync."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from anyqpu_sync.model.job import Job

from anyqpu.config.settings import Settings
from anyqpu.core.provider import ProviderSpec
from anyqpu.errors import AnyQPUError
from anyqpu.model.capabilities import Capabilities
from anyqpu.model.device import Device
from anyqpu.model.job import WaitOptions
from anyqpu.model.native import NativeForm, NativeProgram, TranspileOptions
from anyqpu.model.program import ProgramSource
from anyqpu.model.result import Result

class BaseClient:
    """The parts of a client.

    Attributes:
        spec: The provider's description.
        capabilities: What the provider can do with what is installed.
        raw: Every operation of the provider's API document, by its operationId in snake_case, awaited and typed.
        settings: What the client was made with; `settings.origin("token")` says where a value came from.
    """

    raw: Any
    @property
    def provider(self) -> str:
        """The provider's name."""
        ...
    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        ...
    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose jobs these are, such as `project_id`; never a credential."""
        ...
    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one; None in the emulator of this process."""
        ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...
    def close(self) -> None:
        """Close the connections, and sessions that `submit` opened and whose jobs have ended.

        Jobs keep running, and so do their sessions: these end when they have been idle for their limit. Closing again
        does nothing.
        """
        ...
    def check_credentials(self) -> str:
        """Send one small request that needs the credentials; return what it reads, such as `its jobs`.

        Raises:
            AuthenticationError, PermissionDeniedError: They are not valid, or not for that.
        """
        ...
    def refresh_job(self, job: Job) -> Job:
        """Return a job as it is now; the same as `job.refresh()`."""
        ...
    def refresh_jobs(self, jobs: Sequence[Job], *, return_errors: bool = False) -> list[Job | AnyQPUError]:
        """Return jobs as they are now, in their order; those that a list can show take a small part of a request each.

        A job that has ended is returned as it is. A job of `attach` needs no request before.

        Args:
            jobs: Jobs of this client.
            return_errors: Return an error of one job, such as that it does not exist any more, in its place. Otherwise
                the first one is raised.
        """
        ...
    def cancel_job(self, job: Job) -> Job:
        """Cancel a job and return it as it is then; the same as `job.cancel()`.

        A job that has ended is returned as it is.
        """
        ...
    def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """Return a job in its final state; the same as `job.wait()`."""
        ...
    def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """Return the result of a job, waited for; the same as `job.result()`."""
        ...
    def events_of_job(self, job: Job, options: WaitOptions) -> Iterator[Job]:
        """Iterate over a job at each change of its status; the same as `job.events()`."""
        ...
    def native_programs(
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
        ...
    def native_form(self, device: str | Device) -> NativeForm:
        """Return the gates, qubits, couplings and errors of a device as a transpiler needs them.

        Raises:
            UnsupportedOperationError: They are not known.
        """
        ...
    spec: ProviderSpec
    capabilities: Capabilities
    settings: Settings
