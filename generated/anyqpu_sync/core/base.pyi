"""Types of the blocking classes of `anyqpu.core.base`. Written by scripts/sync."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from anyqpu.config.settings import Settings
from anyqpu.core.provider import ProviderSpec
from anyqpu.model.capabilities import Capabilities
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm, NativeProgram, TranspileOptions
from anyqpu.model.program import ProgramSource

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
