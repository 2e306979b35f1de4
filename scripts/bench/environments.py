"""Virtual environments below build/bench-envs, one for each client, made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.generator import environment

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "bench-envs"
STOCK = "stock_kipu"
# Packages by environment. The stock client needs httpx and attrs; neither brings sniffio.
PACKAGES = {
    "httpx": ("httpx", "attrs", "python-dateutil"),
    "httpx2": ("httpx2",),
    "aiohttp": ("aiohttp",),
    "anyqpu": ("-e", "."),
    "anyqpu-fast": ("-e", ".[httpx2,aiohttp]"),
    "anyqpu-cli": ("-e", ".[cli]"),
    "anyqpu-emulator": ("-e", ".[emulator]"),
    "anyqpu-grpc": ("-e", ".[rigetti]", "grpcio>=1.66.2"),
    # The clouds' own clients.
    "kipu": ("qhub-api==3.3.0",),
    "scaleway": ("scaleway-async==2.12.0",),
    "pasqal": ("pasqal-cloud==0.24.0",),
    "rigetti": ("qcs-api-client==0.27.8",),
}


def python_of(name: str) -> Path:
    """Return the interpreter of an environment; make the environment if it is missing."""
    place = PLACE / name
    python, done = place / "bin" / "python", place / ".done"
    wanted = " ".join(PACKAGES[name])
    if not done.exists() or done.read_text() != wanted:
        print(f"installing {wanted} ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qqq", *PACKAGES[name]], check=True, cwd=ROOT)
        done.write_text(wanted)
    return python


def stock_client() -> None:
    """Generate a client with the stock templates from the same document, if it is missing."""
    made, document = PLACE / STOCK, ROOT / "specs" / "kipu" / "final.json"
    if (made / "client.py").exists() and made.stat().st_mtime > document.stat().st_mtime:
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    environment.ensure()
    tool = environment.PYTHON.with_name("openapi-python-client")
    subprocess.run(
        [tool, "generate", "--path", document, "--meta", "none", "--output-path", made, "--overwrite"],
        check=True,
        # It prints a long list of what it leaves out.
        capture_output=True,
        # Formatting its output changes nothing here.
        env=os.environ | {"PATH": f"{tool.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
    )
    made.touch()


def client_env() -> dict[str, str]:
    """Return the environment variables for measured processes, without the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return kept | {"PYTHONPATH": str(PLACE), "PYTHONHASHSEED": "0", "NO_PROXY": "127.0.0.1"}
