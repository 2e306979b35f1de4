"""Pasqal Cloud as data."""

from anyqpu.core.provider import EmulatorTarget, Endpoints, ProviderSpec
from anyqpu.errors import Hint
from anyqpu.model.capabilities import Capabilities

SPEC = ProviderSpec(
    name="pasqal",
    title="Pasqal Cloud",
    endpoints=Endpoints(
        base_url="https://apis.pasqal.cloud/core-fast", others={"account": "https://apis.pasqal.cloud/account"}
    ),
    regions={
        "sa": Endpoints(
            base_url="https://apis.sa.pasqal.cloud/core-fast",
            others={"account": "https://apis.sa.pasqal.cloud/account"},
        ),
    },
    client="anyqpu.providers.pasqal.client:PasqalClient",
    adapter="anyqpu.providers.pasqal.adapter:PasqalAdapter",
    raw_client="anyqpu_raw.pasqal.client:RawClient",
    make_auth="anyqpu.providers.pasqal.auth:make_auth",
    read_failure="anyqpu.providers.pasqal.errors:read_failure",
    native_config="anyqpu.providers.pasqal.config_file:read",
    options="anyqpu.options:PasqalOptions",
    environment={
        "username": ("PASQAL_USERNAME",),
        "password": ("PASQAL_PASSWORD",),
        "token": ("PASQAL_TOKEN", "PASQAL_PULSER_ACCESS_TOKEN"),
        "project_id": ("PASQAL_PROJECT_ID",),
        "region": ("PASQAL_REGION",),
        "base_url": ("PASQAL_CLOUD_BASE_URL",),
        "auth_url": (),
    },
    identity=("project_id",),
    credential_sets=(("token",), ("username", "password")),
    # By the two pages of docs.pasqal.com on tokens and accounts (cloud/retrieve-token-from-auth0,
    # cloud/pasqal-cloud/usage/authentication) in November 2026; the portal itself makes no tokens.
    credential_help={
        "token": "an access token, as in https://docs.pasqal.com/cloud/retrieve-token-from-auth0",
        "username": "your account at https://portal.pasqal.cloud; it must not have a second factor",
        "project_id": "the identifier of your project, in the user menu of https://portal.pasqal.cloud > Projects",
    },
    # What Pasqal's own client begins with.
    poll_floor=2.0,
    # Compressed by Pasqal's own client too.
    gzip_operations=frozenset({"create_batch", "add_jobs"}),
    # The specifications of devices.
    has_public_operations=True,
    capabilities=Capabilities(
        tags=True,
        sessions=True,
        drain=True,
        workloads=True,
        instead={
            "reservations": Hint(
                "Batches wait in the device's queue; device.queue_depth says how long it is",
                "Batches wait in the device's queue; `anyqpu devices pasqal` lists how long it is",
            ),
            "find_slots": Hint(
                "device.queue_depth and device.average_wait say how long jobs wait",
                "`anyqpu device` shows how long jobs wait",
            ),
            "calibration": Hint(
                "device_specs(device) has the device's parameters", "`anyqpu device --json` has the device's parameters"
            ),
            "delete": Hint(
                "cancel_job ends a job; Pasqal keeps what it was",
                "`anyqpu job cancel` ends a job; Pasqal keeps what it was",
            ),
            "prices": "Prices are in your contract with Pasqal; no operation has them",
        },
    ),
    emulator=EmulatorTarget(
        path="/pasqal/core-fast",
        others={"account": "/pasqal/account"},
        auth_path="/pasqal/oauth/token",
        # The project that the emulator lists.
        credentials={"token": "any-credential", "project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"},
    ),
)
