"""qcs-api-client, Rigetti's own for its API, asynchronous. A reservation is what is submitted here."""

import asyncio
import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from probing import EMULATOR, reads, submits, tell, tell_versions, waits

BASE = f"{EMULATOR}/rigetti"
# More than a page of them has.
BOOKED = 12


def configure() -> str:
    """Its two files, with a token that is good for a day; the token."""
    form = {"grant_type": "client_credentials", "client_id": "probe", "client_secret": "any"}
    with urlopen(f"{BASE}/oauth2/default/v1/token", urlencode(form).encode()) as answer:
        token = json.load(answer)["access_token"]
    folder = Path(tempfile.mkdtemp())
    (folder / "settings.toml").write_text(
        f'default_profile_name = "default"\n[profiles.default]\napi_url = "{BASE}"\nauth_server_name = "default"\n'
        f'credentials_name = "default"\n[auth_servers.default]\nclient_id = "probe"\nissuer = "{BASE}/oauth2/default"\n'
    )
    (folder / "secrets.toml").write_text(
        f'[credentials.default.token_payload]\naccess_token = "{token}"\nrefresh_token = "any"\n'
        'scope = "openid"\nexpires_in = 86400\ntoken_type = "Bearer"\n'
    )
    os.environ["QCS_SETTINGS_FILE_PATH"] = str(folder / "settings.toml")
    os.environ["QCS_SECRETS_FILE_PATH"] = str(folder / "secrets.toml")
    return token


def made(token: str) -> int:
    """How many reservations there are."""
    request = Request(f"{BASE}/v1/reservations?pageSize=100", headers={"Authorization": f"Bearer {token}"})
    with urlopen(request) as answer:
        return len(json.load(answer)["reservations"])


async def main() -> None:
    token = configure()
    from qcs_api_client.client import build_async_client
    from qcs_api_client.models import CreateReservationRequest
    from qcs_api_client.operations import asyncio as qcs

    tell_versions("qcs-api-client")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    async with build_async_client() as client:
        found = await qcs.find_available_reservations(
            client=client, quantum_processor_id="Aspen-9", start_time_from=tomorrow, duration="15m", page_size=20
        )
        free = iter(found.parsed.available_reservations)

        def submit() -> object:
            slot = next(free)
            body = CreateReservationRequest(
                quantum_processor_id="Aspen-9", start_time=slot.start_time, end_time=slot.end_time
            )
            return qcs.create_reservation(client=client, body=body)

        await reads(
            "GetQuantumProcessor", lambda: qcs.get_quantum_processor(client=client, quantum_processor_id="Aspen-9")
        )
        # It sends each request without a token first, and again with one after the 401.
        await submits("CreateReservation", submit, lambda: made(token), after=1)
        while made(token) < BOOKED:
            await submit()
        page = (await qcs.list_reservations(client=client)).parsed
        tell("list", {"call": "list_reservations()", "found": len(page.reservations), "of": BOOKED})
    waits(None)


asyncio.run(main())
