"""Kipu Quantum Hub as data."""

from anyqpu.core.provider import EmulatorTarget, Endpoints, ProviderSpec
from anyqpu.errors import Hint
from anyqpu.model.capabilities import Capabilities

SPEC = ProviderSpec(
    name="kipu",
    title="Kipu Quantum Hub",
    endpoints=Endpoints(base_url="https://api.hub.kipu-quantum.com/quantum"),
    client="anyqpu.providers.kipu.client:KipuClient",
    adapter="anyqpu.providers.kipu.adapter:KipuAdapter",
    raw_client="anyqpu_raw.kipu.client:RawClient",
    make_auth="anyqpu.providers.kipu.auth:make_auth",
    read_failure="anyqpu.providers.kipu.errors:read_failure",
    native_config="anyqpu.providers.kipu.config_file:read",
    options="anyqpu.options:KipuOptions",
    environment={
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
    identity=("organization_id",),
    credential_sets=(("token",), ("username", "password")),
    # Settings, Personal Access Tokens: https://docs.hub.kipu-quantum.com/manage-access-tokens.md in November 2026.
    credential_help={
        "token": "Settings > Personal Access Tokens, as in https://docs.hub.kipu-quantum.com/manage-access-tokens",
        "username": "your account at the hub; this way needs a client_id from Kipu too, with --set client_id=...",
        "organization_id": "the organization's settings at the hub; without it, your personal account is used",
    },
    capabilities=Capabilities(
        tags=True,
        sessions=True,
        drain=True,
        calibration=True,
        past_calibration=True,
        workloads=True,
        instead={
            "reservations": Hint(
                "device.availability says when a backend is up; session(mode='dedicated') has it to itself",
                "`anyqpu device` shows when a backend is up",
            ),
            "find_slots": Hint(
                "device.availability says when a backend is up", "`anyqpu device` shows when a backend is up"
            ),
            "delete": Hint(
                "cancel_job ends a job; Kipu keeps what it was",
                "`anyqpu job cancel` ends a job; Kipu keeps what it was",
            ),
            "prices": Hint(
                "device.pricing.model says how a backend is paid; prices are on Kipu's pages",
                "`anyqpu devices kipu` lists how a backend is paid; prices are on Kipu's pages",
            ),
        },
    ),
    emulator=EmulatorTarget(
        path="/kipu/quantum",
        auth_path="/kipu/realms/planqk/protocol/openid-connect/token",
        credentials={"token": "any-credential"},
    ),
)
