"""Rigetti Quantum Cloud Services as data."""

from anyqpu.core.provider import EmulatorTarget, Endpoints, ProviderSpec

SPEC = ProviderSpec(
    name="rigetti",
    title="Rigetti Quantum Cloud Services",
    endpoints=Endpoints(base_url="https://api.qcs.rigetti.com"),
    client="anyqpu.providers.rigetti.client:RigettiClient",
    adapter="anyqpu.providers.rigetti.adapter:RigettiAdapter",
    raw_client="anyqpu_raw.rigetti.client:RawClient",
    make_auth="anyqpu.providers.rigetti.auth:make_auth",
    read_failure="anyqpu.providers.rigetti.errors:read_failure",
    native_config="anyqpu.providers.rigetti.config_file:read",
    options="anyqpu.options:RigettiOptions",
    environment={
        # Rigetti's two generations of tools disagree on the names after QCS_SETTINGS_, so both are read. Neither reads
        # a token or a client secret from the environment; those four names are ours.
        "access_token": ("QCS_ACCESS_TOKEN",),
        "refresh_token": ("QCS_REFRESH_TOKEN",),
        "client_id": ("QCS_CLIENT_ID", "QCS_SETTINGS_AUTH_SERVER_CLIENT_ID"),
        "client_secret": ("QCS_CLIENT_SECRET",),
        "account_id": ("QCS_SETTINGS_ACCOUNT_ID",),
        "account_type": ("QCS_SETTINGS_ACCOUNT_TYPE",),
        "base_url": ("QCS_SETTINGS_APPLICATIONS_API_URL", "QCS_SETTINGS_API_URL"),
        "grpc_api_url": ("QCS_SETTINGS_APPLICATIONS_GRPC_URL", "QCS_SETTINGS_GRPC_API_URL"),
        "auth_url": ("QCS_SETTINGS_AUTH_SERVER_ISSUER",),
    },
    identity=("account_id", "account_type"),
    credential_sets=(("access_token",), ("refresh_token",), ("client_id", "client_secret")),
    # The address is that of pyQuil's own messages and of the QCS API's description.
    credential_help={
        "access_token": "secrets.toml of https://qcs.rigetti.com/auth/token; it expires after 24 hours",
        "refresh_token": "secrets.toml of https://qcs.rigetti.com/auth/token; keep it in ~/.qcs, where it is renewed",
        "client_id": "a client of your own, from Rigetti's support",
        "account_id": "the group or user to work for; not needed for your own account",
    },
    together=(
        frozenset({"access_token", "refresh_token"}),
        frozenset({"access_token_updated_at", "access_token_expires_in", "secrets_file", "credentials_name"}),
    ),
    # Reads of processors.
    has_public_operations=True,
    # Jobs need an extra.
    capabilities="anyqpu.providers.rigetti.capabilities:current",
    emulator=EmulatorTarget(
        path="/rigetti",
        auth_path="/rigetti/oauth2/default",
        credentials={"access_token": "any-credential"},
    ),
)
