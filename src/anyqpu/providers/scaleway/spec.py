"""Scaleway Quantum as a Service as data."""

from anyqpu.core.provider import EmulatorTarget, Endpoints, ProviderSpec
from anyqpu.errors import Hint
from anyqpu.model.capabilities import Capabilities

SPEC = ProviderSpec(
    name="scaleway",
    title="Scaleway Quantum as a Service",
    endpoints=Endpoints(base_url="https://api.scaleway.com"),
    client="anyqpu.providers.scaleway.client:ScalewayClient",
    adapter="anyqpu.providers.scaleway.adapter:ScalewayAdapter",
    raw_client="anyqpu_raw.scaleway.client:RawClient",
    make_auth="anyqpu.providers.scaleway.auth:make_auth",
    read_failure="anyqpu.providers.scaleway.errors:read_failure",
    native_config="anyqpu.providers.scaleway.config_file:read",
    options="anyqpu.options:ScalewayOptions",
    environment={
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
    identity=("project_id", "organization_id"),
    credential_sets=(("secret_key",),),
    # The two addresses are those of Scaleway's own API documentation and of its Terraform provider.
    credential_help={
        "secret_key": "IAM > API keys in the console, https://console.scaleway.com/iam/api-keys",
        "project_id": "the project's settings in the console, https://console.scaleway.com/project/settings",
        "organization_id": "the organization's settings in the console; not needed for jobs",
    },
    has_complete_device_list=True,
    # Their identifiers are UUIDs.
    has_device_names=True,
    capabilities=Capabilities(
        delete=True,
        tags=True,
        sessions=True,
        reservations=True,
        workloads=True,
        prices=True,
        instead={
            "drain": Hint(
                "a session(on_exit='drain') waits for its jobs before it ends; others can still submit to it",
                "Wait for its jobs with `anyqpu job wait`, and end it with `anyqpu sessions close`",
            ),
            "find_slots": Hint(
                "device.booking_rules has the rules of a booking; reserve fails if the time is taken",
                "`anyqpu device` shows the rules of a booking; `anyqpu reservations book` fails if the time is taken",
            ),
            "calibration": Hint(
                "device.raw.metadata has what a platform says of itself",
                "`anyqpu device` shows what a platform says of itself",
            ),
        },
    ),
    emulator=EmulatorTarget(
        path="/scaleway",
        credentials={
            "secret_key": "11111111-1111-4111-8111-111111111111",
            "project_id": "22222222-2222-4222-8222-222222222222",
        },
    ),
)
