"""The files and variables of QCS's clients as the emulator prints them, and programs. Standard library only."""

from __future__ import annotations

import base64
import json
import os
import tempfile
import tomllib
from pathlib import Path


def configure() -> dict[str, str]:
    """Write the printed files, set the printed variables, and return the printed addresses."""
    rigetti = json.loads(os.environ["ANYQPU_EMULATOR_PRINTED"])["clouds"]["rigetti"]
    folder = Path(tempfile.mkdtemp())
    for name, content in rigetti["files"].items():
        (folder / name).write_text(content)
    os.environ.update(rigetti["environment"])
    os.environ["QCS_SETTINGS_FILE_PATH"] = str(folder / "settings.toml")
    os.environ["QCS_SECRETS_FILE_PATH"] = str(folder / "secrets.toml")
    return {"http": rigetti["url"], "grpc": rigetti["grpc"]}


def token() -> str:
    """Return the access token in the file."""
    content = tomllib.loads(Path(os.environ["QCS_SECRETS_FILE_PATH"]).read_text())
    return content["credentials"]["default"]["token_payload"]["access_token"]


def expired_token() -> str:
    """Return an access token of 1970."""
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, {"exp": 1, "sub": "peer"})]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (*parts, b"signature"))


def replace_token(new: str) -> None:
    """Write another access token into the file."""
    file = Path(os.environ["QCS_SECRETS_FILE_PATH"])
    file.write_text(file.read_text().replace(token(), new))


# A Bell pair of what an Ankaa runs, with H = RZ(pi/2) RX(pi/2) RZ(pi/2).
H = "RZ(pi/2) {0}\nRX(pi/2) {0}\nRZ(pi/2) {0}\n"
GATES = H.format(0) + H.format(1) + "RZ(-pi/2) 0\nRZ(-pi/2) 1\nISWAP 0 1\n" + H.format(0)
BELL = "DECLARE ro BIT[2]\n" + GATES + "MEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
# RX(-pi/2) RZ(theta) RX(pi/2): a 1 with the chance sin(theta/2)^2.
SWEEP = "DECLARE ro BIT[1]\nDECLARE theta REAL[1]\nRX(pi/2) 5\nRZ(theta) 5\nRX(-pi/2) 5\nMEASURE 5 ro[0]\n"
