"""qcs-api-client: processors, ISA, endpoints, engagements, reservations, accounts; sync and async.

It refuses an issuer that is not https, so it is given a valid access token and never refreshes it.
"""

import asyncio
import json
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from steps import EMULATOR, finish, refused, step

BASE = f"{EMULATOR}/rigetti"
NATIVE = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


def configure(access_token: str, refresh_token: str) -> Path:
    """Write the two configuration files of QCS."""
    folder = Path(tempfile.mkdtemp())
    (folder / "settings.toml").write_text(f"""
default_profile_name = "default"
[profiles.default]
api_url = "{BASE}"
auth_server_name = "default"
credentials_name = "default"
[auth_servers.default]
client_id = "peer"
issuer = "{BASE}/oauth2/default"
""")
    (folder / "secrets.toml").write_text(f"""
[credentials.default.token_payload]
access_token = "{access_token}"
refresh_token = "{refresh_token}"
scope = "openid"
expires_in = 86400
token_type = "Bearer"
""")
    os.environ["QCS_SETTINGS_FILE_PATH"] = str(folder / "settings.toml")
    os.environ["QCS_SECRETS_FILE_PATH"] = str(folder / "secrets.toml")
    return folder / "secrets.toml"


def fresh_token() -> str:
    form = {"grant_type": "client_credentials", "client_id": "peer", "client_secret": "any"}
    with urlopen(f"{BASE}/oauth2/default/v1/token", urlencode(form).encode()) as response:
        return json.load(response)["access_token"]


OLD = "--old" in sys.argv
SECRETS = configure("stale" if OLD else fresh_token(), "a-refresh-token-of-mine")

from qcs_api_client.client import build_async_client, build_sync_client  # noqa: E402
from qcs_api_client.models import (  # noqa: E402
    CreateEndpointParameters,
    CreateEngagementRequest,
    CreateReservationRequest,
    RestartEndpointRequest,
)
from qcs_api_client.operations import asyncio as aio  # noqa: E402
from qcs_api_client.operations import sync as qcs  # noqa: E402


def paged(call: object, field: str, **arguments: object) -> list:
    items, token = [], None
    while True:
        more = {"page_token": token} if token else {}
        page = call(**arguments, **more).parsed
        items += getattr(page, field)
        token = page.next_page_token
        if not token:
            return items


def execute(client: object) -> None:
    """Translate, engage, and execute with rpcq, as pyQuil did until version 3.5."""
    from qcs_api_client.models import TranslateNativeQuilToEncryptedBinaryRequest
    from rpcq import Client, ClientAuthConfig
    from rpcq.messages import QPURequest

    body = TranslateNativeQuilToEncryptedBinaryRequest(quil=NATIVE, num_shots=100)
    translated = qcs.translate_native_quil_to_encrypted_binary(
        client=client, quantum_processor_id="Aspen-9", body=body
    ).parsed
    engaged = qcs.create_engagement(client=client, body=CreateEngagementRequest(quantum_processor_id="Aspen-9")).parsed
    keys = engaged.credentials
    auth = ClientAuthConfig(
        client_secret_key=keys.client_secret.encode(),
        client_public_key=keys.client_public.encode(),
        server_public_key=keys.server_public.encode(),
    )
    processor = Client(engaged.address, timeout=20, auth_config=auth)
    try:
        request = QPURequest(id="peer", program=translated.program, patch_values={})
        job = processor.call("execute_qpu_request", request=request, priority=1, user=None)
        buffers = processor.call("get_buffers", job, wait=True)
        bits = {}
        for region, key in translated.ro_sources:
            buffer = buffers[key]
            assert (list(buffer["shape"]), buffer["dtype"]) == ([100], "int8"), buffer
            bits[region] = buffer["data"]
        assert bits == {"ro[0]": b"\x01" * 100, "ro[1]": b"\x00" * 100}, bits
        results = processor.call("get_execution_results", job)
        assert results.execution_duration_microseconds > 0
        with refused("RPCError"):
            processor.call("get_buffers", "unknown", wait=False)
    finally:
        processor.close()


with build_sync_client() as client:
    if OLD:
        with step("an access token that the service does not know is refreshed, and the refresh token rotates"):
            assert qcs.list_quantum_processors(client=client).parsed.quantum_processors
            written = SECRETS.read_text()
            assert "stale" not in written
            assert "a-refresh-token-of-mine" not in written
        with step("a refresh token that is denied is an error"):
            kept = SECRETS.read_text()
            configure("stale", "denied")
            with refused("QCSAuthRefreshError"), build_sync_client() as other:
                qcs.list_endpoints(client=other).parsed  # noqa: B018
            os.environ["QCS_SECRETS_FILE_PATH"] = str(SECRETS)
            assert SECRETS.read_text() == kept
    with step("processors, one page after the other; one by its id; its ISA; its default endpoint"):
        processors = paged(qcs.list_quantum_processors, "quantum_processors", client=client, page_size=1)
        assert {"Aspen-9", "Aspen-M-3"} <= {one.id for one in processors}
        assert qcs.get_quantum_processor(client=client, quantum_processor_id="Aspen-9").parsed.id == "Aspen-9"
        isa = qcs.get_instruction_set_architecture(client=client, quantum_processor_id="Aspen-9").parsed
        assert isa.name == "Aspen-9"
        assert len(isa.architecture.nodes) == 32
        default = qcs.get_default_endpoint(client=client, quantum_processor_id="Aspen-9").parsed
        assert default.healthy
    with step("endpoints: create, list with a filter, get, restart, delete"):
        made = qcs.create_endpoint(
            client=client, body=CreateEndpointParameters(quantum_processor_ids=["Aspen-9"])
        ).parsed
        listed = paged(qcs.list_endpoints, "endpoints", client=client, page_size=2)
        assert made.id in [one.id for one in listed]
        mock = qcs.list_endpoints(client=client, filter_="mock == false").parsed
        assert mock.endpoints
        assert qcs.get_endpoint(client=client, endpoint_id=made.id).parsed.id == made.id
        restarted = qcs.restart_endpoint(client=client, endpoint_id=made.id, body=RestartEndpointRequest())
        assert restarted.status_code in (200, 204)
        assert qcs.delete_endpoint(client=client, endpoint_id=made.id).status_code in (200, 204)
    with step("engagements: by processor and by endpoint, with keys; a busy endpoint says when to retry"):
        engaged = qcs.create_engagement(
            client=client, body=CreateEngagementRequest(quantum_processor_id="Aspen-9")
        ).parsed
        assert engaged.address.startswith("tcp://")
        assert len(engaged.credentials.client_secret) == 40
        again = qcs.create_engagement(client=client, body=CreateEngagementRequest(endpoint_id=default.id)).parsed
        assert again.endpoint_id == default.id
        busy = qcs.create_engagement(client=client, body=CreateEngagementRequest(endpoint_id="aspen-9-busy"))
        assert busy.status_code == 503
        assert int(busy.headers["retry-after"]) >= 0
    with step("reservations: find, book, list with a filter and an order, cancel"):
        soon = datetime.now(UTC) + timedelta(hours=2)
        free = qcs.find_available_reservations(
            client=client, quantum_processor_id="Aspen-9", start_time_from=soon, duration="15m"
        ).parsed.available_reservations
        body = CreateReservationRequest(
            quantum_processor_id="Aspen-9", start_time=free[0].start_time, end_time=free[0].end_time, notes="peer"
        )
        booked = qcs.create_reservation(client=client, body=body).parsed
        assert booked.price == free[0].price
        taken = qcs.create_reservation(client=client, body=body)
        assert taken.status_code == 409
        mine = qcs.list_reservations(
            client=client,
            filter_=f'quantumProcessorId = "Aspen-9" AND startTime >= "{soon.isoformat()}"',
            order="startTime DESC",
        ).parsed.reservations
        assert booked.id in [one.id for one in mine]
        assert qcs.delete_reservation(client=client, reservation_id=booked.id).parsed.cancelled
    with step("who I am, my groups, balances and invoices"):
        me = qcs.auth_get_user(client=client).parsed
        assert qcs.get_user_balance(client=client, user_id=me.idp_id).parsed.balance is not None
        (lab, *_) = qcs.list_user_groups(client=client, user_id=me.idp_id).parsed.groups
        assert qcs.get_group_balance(client=client, group_name=lab.name).parsed.balance is not None
        assert qcs.list_group_users(client=client, group_name=lab.name).parsed.users
        assert qcs.list_user_billing_invoices(client=client, user_id=me.idp_id).parsed.billing_invoices is not None
        assert qcs.get_health(client=client).status_code == 200
        assert qcs.list_client_applications(client=client).parsed.client_applications
    with step("an unknown processor is a 404"):
        assert qcs.get_quantum_processor(client=client, quantum_processor_id="None").status_code == 404
    if OLD:
        with step("translate, engage, and execute with rpcq: X on qubit 0, as int8 buffers; unknown jobs are errors"):
            execute(client)
    else:
        with step("what the service has gained since: one reservation, the list of ISAs, accessors, a calendar"):
            isas = qcs.list_instruction_set_architectures(client=client).parsed
            assert {one.name for one in isas.instruction_set_architectures} >= {"Aspen-9", "Ankaa-3"}
            assert qcs.get_reservation(client=client, reservation_id=booked.id).parsed.id == booked.id
            accessors = qcs.get_quantum_processor_accessors(client=client, quantum_processor_id="Aspen-9").parsed
            assert accessors.accessors == []
            ways = qcs.get_quantum_processor_accessors(client=client, quantum_processor_id="Ankaa-3").parsed.accessors
            gateways = [way for way in ways if way.live and way.access_type == "gateway.v1"]
            assert min(gateways, key=lambda way: way.rank).url.startswith("http://127.0.0.1:")
            default = qcs.get_default_endpoint(client=client, quantum_processor_id="Ankaa-3").parsed
            assert default.addresses.grpc == gateways[0].url
            calendar = qcs.get_quantum_processor_calendar(client=client, quantum_processor_id="Aspen-9")
            assert calendar.status_code in (200, 404)


async def main() -> None:
    with step("the same, asynchronously: several requests at a time"):
        async with build_async_client() as client:
            responses = await asyncio.gather(
                aio.list_quantum_processors(client=client),
                aio.get_instruction_set_architecture(client=client, quantum_processor_id="Aspen-M-3"),
                aio.create_engagement(client=client, body=CreateEngagementRequest(quantum_processor_id="Aspen-M-3")),
                aio.list_reservations(client=client),
            )
            assert [response.status_code for response in responses] == [200] * 4
            assert len(responses[1].parsed.architecture.nodes) == 80


asyncio.run(main())
finish()
