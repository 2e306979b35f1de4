"""qcs-sdk-python: processors and their ISA. The emulator has no gRPC for its executions."""

import json
import os
import tempfile
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from steps import EMULATOR, finish, step

BASE = f"{EMULATOR}/rigetti"
FORM = {"grant_type": "client_credentials", "client_id": "peer", "client_secret": "any"}
with urlopen(f"{BASE}/oauth2/default/v1/token", urlencode(FORM).encode()) as response:
    TOKEN = json.load(response)["access_token"]
FOLDER = Path(tempfile.mkdtemp())
(FOLDER / "settings.toml").write_text(f"""
default_profile_name = "default"
[profiles.default]
api_url = "{BASE}"
auth_server_name = "default"
credentials_name = "default"
[auth_servers.default]
client_id = "peer"
issuer = "{BASE}/oauth2/default"
""")
(FOLDER / "secrets.toml").write_text(f"""
[credentials.default.token_payload]
access_token = "{TOKEN}"
refresh_token = "any"
token_type = "Bearer"
""")
os.environ["QCS_SETTINGS_FILE_PATH"] = str(FOLDER / "settings.toml")
os.environ["QCS_SECRETS_FILE_PATH"] = str(FOLDER / "secrets.toml")

from qcs_sdk.qpu import list_quantum_processors  # noqa: E402
from qcs_sdk.qpu.isa import get_instruction_set_architecture  # noqa: E402

with step("all processors, page after page until there is no token"):
    assert set(list_quantum_processors()) == {"Aspen-9", "Aspen-M-3"}
with step("the ISA of both"):
    for name, qubits in (("Aspen-9", 32), ("Aspen-M-3", 80)):
        isa = get_instruction_set_architecture(name)
        assert (isa.name, len(isa.architecture.nodes)) == (name, qubits)
finish(at_once=True)
