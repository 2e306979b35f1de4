"""Environments below build/ with released packages, and an emulator in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_printed: dict[str, str] = {}
BUILD = Path(__file__).resolve().parents[2] / "build"


def installed(folder: Path, packages: Sequence[str], base: str) -> Path:
    """Return the interpreter of an environment, which is made again when its packages change.

    Raises CalledProcessError if it cannot be made.
    """
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp, wanted = folder / "peer.txt", "\n".join(packages)
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print("  installing ...", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([base, "-m", "venv", folder], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages], check=True)
    stamp.write_text(wanted)
    return python


def interpreter(wanted: tuple[int, int]) -> str | None:
    """Return a Python that is new enough: the running one, or another on PATH."""
    if sys.version_info[:2] >= wanted:
        return sys.executable
    for minor in range(wanted[1], wanted[1] + 4):
        python = shutil.which(f"python3.{minor}")
        # Version managers put names on PATH for versions that are not installed.
        if python and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0:
            return python
    return None


def printed(url: str) -> str:
    """Return the line of JSON that an emulator of this process has printed."""
    return _printed.get(url, "{}")


@contextmanager
def emulator(speed: str = "fast", *, strict: bool = True) -> Iterator[str]:
    """Run an emulator in its own process, on a free port; yields its URL."""
    options = f"port=0, speed={speed!r}, seed=1, strict={strict}, as_json=True"
    code = f"from anyqpu_emulator import serve; serve({options})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            url: str = json.loads(line)["url"]
            _printed[url] = line
            yield url
        finally:
            process.terminate()
