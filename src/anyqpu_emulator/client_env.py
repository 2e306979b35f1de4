"""Settings of the clouds' own clients for a running emulator, and a command for each cloud that checks it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .clouds.rigetti import RigettiCloud

# Scaleway's client checks the form only.
_SCALEWAY_ACCESS = "SCWEMULATOR000000000"
_SCALEWAY_SECRET = "00000000-0000-4000-8000-000000000001"  # noqa: S105 - any is accepted
_SCALEWAY_PROJECT = "00000000-0000-4000-8000-000000000002"
_PLAIN = "emulator"
_SCALEWAY_CLIENTS = ("scaleway-async", "qiskit-scaleway", "cirq-scaleway", "pulser-scaleway", "perceval")
_KIPU_CLIENTS = ("qhub-quantum", "planqk-quantum", "qhub-api", "perceval")
_PASQAL_CLIENTS = ("pasqal-cloud",)
_RIGETTI_CLIENTS = ("pyquil", "qcs-sdk-python", "qcs-api-client")


if TYPE_CHECKING:
    from .app import Emulator


@dataclass(frozen=True, slots=True)
class ClientEnv:
    """`environment` is read by `clients` of the cloud; `check` is a shell command; `notes` are other settings.

    `addresses` are others than that of the HTTP API, by a name; `files` are configuration files of the clients.
    """

    clients: tuple[str, ...]
    check: str
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Mapping[str, str] = field(default_factory=dict[str, str])

    def view(self, address: str) -> dict[str, Any]:
        """Return all of it as JSON, with the address of the cloud."""
        return {
            "url": address,
            **self.addresses,
            "clients": list(self.clients),
            "environment": dict(self.environment),
            "notes": list(self.notes),
            "check": self.check,
            **({"files": dict(self.files)} if self.files else {}),
        }


def scaleway(url: str, required: str | None) -> ClientEnv:
    """scaleway-async, and Scaleway's providers for Qiskit, Cirq, Pulser and Perceval."""
    secret = required or _SCALEWAY_SECRET
    environment = {
        "SCW_API_URL": url,
        "SCW_ACCESS_KEY": _SCALEWAY_ACCESS,
        "SCW_SECRET_KEY": secret,
        "SCW_DEFAULT_PROJECT_ID": _SCALEWAY_PROJECT,
    }
    for library in ("QISKIT", "CIRQ", "PULSER"):
        environment |= {
            f"{library}_SCALEWAY_API_URL": url,
            f"{library}_SCALEWAY_SECRET_KEY": secret,
            f"{library}_SCALEWAY_PROJECT_ID": _SCALEWAY_PROJECT,
        }
    notes = (f"perceval: scaleway.Session(..., project_id={_SCALEWAY_PROJECT!r}, token={secret!r}, url={url!r})",)
    return ClientEnv(
        _SCALEWAY_CLIENTS, _curl(f"{url}/qaas/v1alpha1/platforms", f"X-Auth-Token: {secret}"), environment, notes
    )


def kipu(url: str, required: str | None) -> ClientEnv:
    """qhub-quantum, planqk-quantum, qhub-api and Perceval."""
    token, api = required or _PLAIN, f"{url}/quantum"
    environment = {
        "QHUB_QUANTUM_BASE_URL": api,
        "PLANQK_QUANTUM_BASE_URL": api,
        "KQH_PERSONAL_ACCESS_TOKEN": token,
        "PLANQK_PERSONAL_ACCESS_TOKEN": token,
    }
    notes = (
        f"qhub-api: HubQuantumClient(base_url={api!r}, api_key={token!r})",
        f"perceval: kipu.Session(..., token={token!r}, url={api!r})",
    )
    return ClientEnv(_KIPU_CLIENTS, _curl(f"{api}/backends", f"X-Auth-Token: {token}"), environment, notes)


def pasqal(url: str, required: str | None) -> ClientEnv:
    """pasqal-cloud, which takes addresses as arguments only."""
    token, core, account = required or _PLAIN, f"{url}/core-fast", f"{url}/account"
    grant = "http://auth0.com/oauth/grant-type/password-realm"
    arguments = (
        f"endpoints=Endpoints(core={core!r}, account={account!r}), "
        f"auth_config=TokenProviderConf({url + '/oauth/token'!r}, 'any', 'any', 'pcs-users', {grant!r})"
    )
    notes = (
        "pasqal-cloud: from pasqal_cloud.endpoints import Endpoints, TokenProviderConf",
        f"pasqal-cloud: PasqalCloudClient('user@example.com', {required or 'any password'!r}, {arguments})",
    )
    environment = {"PASQAL_CLOUD_BASE_URL": core, "PASQAL_PULSER_ACCESS_TOKEN": token}
    return ClientEnv(
        _PASQAL_CLIENTS, _curl(f"{core}/api/v1/devices", f"Authorization: Bearer {token}"), environment, notes
    )


def rigetti(url: str, required: str | None, access_token: str, grpc_url: str | None) -> ClientEnv:
    """qcs-sdk-python and pyQuil, qcs-api-client and what builds on it.

    `access_token` is a JWT that this emulator accepts; `grpc_url` is None where there is no gRPC.
    """
    environment = {"QCS_SETTINGS_APPLICATIONS_API_URL": url, "QCS_SETTINGS_API_URL": url}
    # Variables and files must agree: clients that read both prefer the variables.
    if grpc_url is not None:
        environment["QCS_SETTINGS_APPLICATIONS_GRPC_URL"] = grpc_url
    grpc_setting = () if grpc_url is None else (f'grpc_api_url = "{grpc_url}"',)
    settings = (
        '[profiles.default]', f'api_url = "{url}"', *grpc_setting,
        '[auth_servers.default]', 'client_id = "emulator"', f'issuer = "{url}/oauth2/default"',
    )  # fmt: skip
    payload = (
        "[credentials.default.token_payload]",
        f'access_token = "{access_token}"',
        f'refresh_token = "{required or _PLAIN}"',
        'token_type = "Bearer"',
    )
    notes = (
        "QCS_SETTINGS_FILE_PATH names settings.toml, and QCS_SECRETS_FILE_PATH secrets.toml:",
        "  its access token is good for a day.",
        "qcs-api-client from 0.27 on refuses an issuer that is not https, so it cannot refresh that token here;",
        "  older versions can, and accept any refresh token at first.",
        "pyQuil and qcs-sdk-python: unset HTTP_PROXY and HTTPS_PROXY, which they use for this machine too.",
    )
    files = {name: "\n".join(lines) + "\n" for name, lines in (("settings.toml", settings), ("secrets.toml", payload))}
    check = _curl(f"{url}/v1/quantumProcessors", f"Authorization: Bearer {access_token}")
    return ClientEnv(_RIGETTI_CLIENTS, check, environment, notes, {} if grpc_url is None else {"grpc": grpc_url}, files)


PLAIN_CLOUDS: Mapping[str, Callable[[str, str | None], ClientEnv]] = {
    "scaleway": scaleway,
    "kipu": kipu,
    "pasqal": pasqal,
}
"""Those that need nothing made for them."""


def other(name: str, url: str) -> ClientEnv:
    """Return the settings for a cloud of another package, whose client is anyqpu's."""
    return ClientEnv(("anyqpu",), f"anyqpu devices {name} --emulator-url {shlex.quote(url)}")


def client_envs(emulator: Emulator, url: str, required: str | None) -> dict[str, tuple[str, ClientEnv]]:
    """Return the address and the settings of each cloud; `required` is the only credential that is accepted.

    Blocks: it signs a token, and opens the port for gRPC unless it is open.
    """
    envs: dict[str, tuple[str, ClientEnv]] = {}
    for cloud in emulator.clouds:
        here = f"{url}{cloud.prefix}"
        if isinstance(cloud, RigettiCloud):
            grpc_url = emulator.grpc_port.url() if emulator.grpc_port.open() else None
            envs[cloud.name] = here, rigetti(here, required, cloud.access_token(here), grpc_url)
        elif cloud.name in PLAIN_CLOUDS:
            envs[cloud.name] = here, PLAIN_CLOUDS[cloud.name](here, required)
        else:
            envs[cloud.name] = here, other(cloud.name, url)
    return envs


def _curl(url: str, header: str) -> str:
    return f"curl --silent --show-error --fail --header {shlex.quote(header)} {shlex.quote(url)}"
