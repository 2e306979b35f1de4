"""A provider as data: every fact about a cloud that is not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

from anyqpu.model.capabilities import Capabilities

NONE: Mapping[str, str] = {}


class Endpoints(NamedTuple):
    """Addresses of a provider's APIs, or of those of one of its regions.

    Attributes:
        base_url: Address that the paths of the API document follow.
        others: Addresses of further servers, by the name that operations of the document have for them.
    """

    base_url: str
    others: Mapping[str, str] = NONE


class EmulatorTarget(NamedTuple):
    """Where the emulator serves a provider, and with which credentials.

    Attributes:
        path: Path of the API below the emulator's address.
        others: Paths of further servers, by name.
        auth_path: Path of the token endpoint or issuer.
        credentials: Settings that the emulator accepts.
    """

    path: str
    others: Mapping[str, str] = NONE
    auth_path: str = ""
    credentials: Mapping[str, str] = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSpec:
    """What is known about a provider. Code is named as `package.module:name` and imported when it is needed.

    Attributes:
        name: Name for `connect`, handles and configuration files.
        title: Name for people.
        endpoints: Addresses of its APIs.
        adapter: Subclass of `Adapter` that speaks to it.
        make_auth: Function that returns how requests are authenticated; see `anyqpu.transport.auth`.
        environment: Environment variables of each setting; the first variable that is set wins. Its keys are all
            settings that the provider has, as arguments of `connect` and in a profile.
        credential_sets: Settings that authenticate together; the first set is the usual one.
        client: Subclass of `Client` that `connect` returns.
        raw_client: Generated client of its API document; it takes the function that sends its requests. None: the
            adapter has no use for one, and `client.raw` is None.
        read_failure: Function that reads the provider's error responses; None reads the common forms.
        capabilities: What it can do, or a function without arguments that returns that, where it depends on what is
            installed.
        regions: Addresses of other regions, by the value of the setting `region`.
        identity: Settings that say whose jobs a client sees, such as a project; handles carry them, so none is a
            credential.
        together: Settings that come from one place or not at all, and the settings that depend on them.
        native_config: Function that reads the configuration files of the provider's own tools.
        poll_floor: Shortest interval between two polls of a job, in seconds.
        gzip_operations: Operations whose request bodies are compressed, as the provider's own client sends them.
        has_public_operations: Whether some operations need no credentials.
        has_complete_device_list: Whether the list of devices has every field that a request for one device returns.
        has_device_names: Whether devices have names apart from their identifiers, which are for machines.
        emulator: Where the emulator serves it; None: the emulator does not.
        options: Type of the options of `connect`.
        credential_help: Where a user gets a setting, in a few words with a link, by the setting; `anyqpu login` prints
            it.
    """

    name: str
    title: str
    endpoints: Endpoints
    adapter: str
    make_auth: str
    environment: Mapping[str, tuple[str, ...]]
    credential_sets: tuple[tuple[str, ...], ...]
    client: str = "anyqpu.core.client:Client"
    raw_client: str | None = None
    read_failure: str | None = None
    capabilities: Capabilities | str = field(default_factory=Capabilities)
    regions: Mapping[str, Endpoints] = field(default_factory=dict[str, Endpoints])
    identity: tuple[str, ...] = ()
    together: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    native_config: str | None = None
    poll_floor: float = 1.0
    gzip_operations: frozenset[str] = frozenset()
    has_public_operations: bool = False
    has_complete_device_list: bool = False
    has_device_names: bool = False
    emulator: EmulatorTarget | None = None
    options: str | None = None
    credential_help: Mapping[str, str] = field(default_factory=dict[str, str])

    def current_capabilities(self) -> Capabilities:
        """Return what the provider can do with what is installed."""
        static = self.capabilities
        if isinstance(static, Capabilities):
            return static
        capabilities: Capabilities = load(static)()
        return capabilities


def load(reference: str) -> Any:
    """Import what `package.module:name` names."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)
