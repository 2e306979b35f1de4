"""What settings each cloud has, and the environment variables that hold them. Only data: no file is read here."""

from __future__ import annotations

from anyqpu.errors import ConfigError

VARIABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "scaleway": {
        # The first of each are those of Scaleway's own tools; then qiskit-, cirq- and pulser-scaleway, and perceval.
        "secret_key": (
            "SCW_SECRET_KEY",
            "QISKIT_SCALEWAY_SECRET_KEY",
            "CIRQ_SCALEWAY_SECRET_KEY",
            "PULSER_SCALEWAY_SECRET_KEY",
            "SCALEWAY_CLOUD_TOKEN",
        ),
        "project_id": (
            "SCW_DEFAULT_PROJECT_ID",
            "SCW_PROJECT_ID",
            "QISKIT_SCALEWAY_PROJECT_ID",
            "CIRQ_SCALEWAY_PROJECT_ID",
            "PULSER_SCALEWAY_PROJECT_ID",
        ),
        "access_key": ("SCW_ACCESS_KEY",),
        "organization_id": ("SCW_DEFAULT_ORGANIZATION_ID",),
        "base_url": (
            "SCW_API_URL",
            "QISKIT_SCALEWAY_API_URL",
            "CIRQ_SCALEWAY_API_URL",
            "PULSER_SCALEWAY_API_URL",
        ),
    },
    "kipu": {
        # In the order of Kipu's own tools, whose earlier name was PLANQK; the last is perceval's.
        "token": (
            "KQH_SERVICE_EXECUTION_TOKEN",
            "KQH_PERSONAL_ACCESS_TOKEN",
            "PLANQK_SERVICE_EXECUTION_TOKEN",
            "SERVICE_EXECUTION_TOKEN",
            "PLANQK_PERSONAL_ACCESS_TOKEN",
            "KIPU_CLOUD_TOKEN",
        ),
        "organization_id": ("KQH_ORGANIZATION_ID", "PLANQK_ORGANIZATION_ID", "QHUB_ORGANIZATION_ID"),
        "username": (),
        "password": (),
        "client_id": (),
        "base_url": ("QHUB_QUANTUM_BASE_URL", "PLANQK_QUANTUM_BASE_URL"),
        "auth_url": (),
        "service_execution_id": ("SERVICE_EXECUTION_ID",),
    },
    "pasqal": {
        "username": ("PASQAL_USERNAME",),
        "password": ("PASQAL_PASSWORD",),
        "token": ("PASQAL_TOKEN", "PASQAL_PULSER_ACCESS_TOKEN"),
        "project_id": ("PASQAL_PROJECT_ID",),
        "region": ("PASQAL_REGION",),
        "base_url": ("PASQAL_CLOUD_BASE_URL",),
        "auth_url": (),
    },
    "rigetti": {
        # Rigetti's two generations of tools disagree on the names after QCS_SETTINGS_, so both are read. Neither reads
        # a token or a client secret from the environment; those four names are ours.
        "access_token": ("QCS_ACCESS_TOKEN",),
        "refresh_token": ("QCS_REFRESH_TOKEN",),
        "client_id": ("QCS_CLIENT_ID", "QCS_SETTINGS_AUTH_SERVER_CLIENT_ID"),
        "client_secret": ("QCS_CLIENT_SECRET",),
        "account_id": ("QCS_SETTINGS_ACCOUNT_ID",),
        "account_type": ("QCS_SETTINGS_ACCOUNT_TYPE",),
        "base_url": ("QCS_SETTINGS_APPLICATIONS_API_URL", "QCS_SETTINGS_API_URL"),
        "auth_url": ("QCS_SETTINGS_AUTH_SERVER_ISSUER",),
    },
}
"""By cloud and setting, the variables that are looked at, the first that is set wins."""

CREDENTIAL_SETS: dict[str, tuple[tuple[str, ...], ...]] = {
    "scaleway": (("secret_key",),),
    "kipu": (("token",), ("username", "password")),
    "pasqal": (("token",), ("username", "password")),
    "rigetti": (("access_token",), ("refresh_token",), ("client_id", "client_secret")),
}
"""By cloud, the ways to authenticate: all the settings of one way must be there. The first is the usual one."""

PROVIDERS = tuple(VARIABLES)


def names(provider: str) -> tuple[str, ...]:
    """The settings that a cloud takes, as arguments and in a profile.

    Raises:
        ConfigError: There is no such cloud.
    """
    if provider not in VARIABLES:
        raise ConfigError(f"there is no provider {provider!r}", hint=f"There are {', '.join(PROVIDERS)}")
    return tuple(VARIABLES[provider])
