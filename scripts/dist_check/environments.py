"""Clean environments: an interpreter, our wheel, and the versions of what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.dist_check.building import ROOT, Built

HERE = Path(__file__).parent
UV = [sys.executable, "-m", "uv"]
# uv's word for each.
RESOLUTIONS = {"lowest": "lowest-direct", "highest": "highest"}
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
# What the tests need that the package does not.
FOR_TESTS = (
    *("pytest", "pytest-asyncio", "pytest-socket", "pytest-timeout", "blockbuster", "respx", "trustme"),
    *("hypothesis", "opentelemetry-sdk"),
)
TESTED_EXTRAS = ("cli", "emulator", "rigetti", "trio", "http2", "httpx2", "aiohttp", "otel")
TESTS = ("tests/unit", "tests/transport", "tests/client", "tests/cli/test_commands.py")
_PATIENCE = 900.0


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment of its own."""

    folder: Path
    version: str
    interpreter: str
    resolution: str

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def install(self, built: Built, extra: str) -> str:
        """Install the wheel with one extra; the versions of what it needs by itself. Raises `CalledProcessError`."""
        own = built.requirements(extra, self.version)
        # An engine is of use in the emulator only.
        if extra in {"qiskit", "pulser", "perceval"}:
            own += built.requirements("emulator", self.version)
        _run([*UV, "venv", "--quiet", "--python", self.interpreter, str(self.folder)])
        resolving = [*UV, "pip", "compile", "--quiet", "--no-header", "--python", str(self.python), "-"]
        pins = _run([*resolving, "--resolution", RESOLUTIONS[self.resolution]], "\n".join(own))
        listed = self.folder / "pins.txt"
        listed.write_text(pins, encoding="utf-8")
        _run([*UV, "pip", "install", "--quiet", "--python", str(self.python), "--requirements", str(listed)])
        _run([*UV, "pip", "install", "--quiet", "--python", str(self.python), "--no-deps", str(built.wheel)])
        _run([*UV, "pip", "check", "--quiet", "--python", str(self.python)])
        named = {_name(each) for each in own}
        return " ".join(line for line in pins.split() if "==" in line and _name(line) in named)

    def smoke(self, extra: str, url: str) -> None:
        """Do a piece of work there; raises `CalledProcessError` where it does not come out right."""
        command = [str(self.python), "-W", "error::DeprecationWarning:anyqpu", str(HERE / "smoke.py"), extra, url]
        _run(command, cwd=self.folder)


def pythons(wanted: list[str] | None) -> list[tuple[str, str]]:
    """Version and path of each supported interpreter on PATH, or where pyenv keeps them."""
    found: list[tuple[str, str]] = []
    for version in wanted or SUPPORTED:
        kept = sorted(
            Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version}.*/bin/python")
        )
        for candidate in [shutil.which(f"python{version}"), *map(str, kept)]:
            if candidate and subprocess.run([candidate, "--version"], capture_output=True, check=False).returncode == 0:
                found.append((version, candidate))
                break
    if not found:
        raise SystemExit(f"there is no Python {', '.join(wanted or SUPPORTED)}")
    return found


def run_tests(environment: Environment, built: Built) -> tuple[str, str]:
    """The part of the test suite that is quick, against the installed wheel."""
    began = time.monotonic()
    try:
        own = [each for extra in TESTED_EXTRAS for each in built.requirements(extra, environment.version)]
        _run([*UV, "venv", "--quiet", "--python", environment.interpreter, str(environment.folder)])
        resolving = [*UV, "pip", "compile", "--quiet", "--no-header", "--python", str(environment.python), "-"]
        wanted = "\n".join(dict.fromkeys(own))
        pins = _run([*resolving, "--resolution", RESOLUTIONS[environment.resolution]], wanted)
        named = {_name(each) for each in own}
        listed = environment.folder / "pins.txt"
        listed.write_text(
            "\n".join(line for line in pins.splitlines() if "==" in line and _name(line) in named), encoding="utf-8"
        )
        into = [*UV, "pip", "install", "--quiet", "--python", str(environment.python)]
        _run([*into, "--requirements", str(listed), *FOR_TESTS])
        _run([*into, "--no-deps", str(built.wheel)])
        done = _run([str(environment.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS], cwd=ROOT)
    except subprocess.CalledProcessError as error:
        return "failed", str(error.stderr or error.stdout)[-6000:]
    return "ok", f"{done.strip().splitlines()[-1].strip('= ')} ({time.monotonic() - began:.0f} s with installing)"


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def _run(command: list[str], text: str | None = None, cwd: Path | None = None) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, cwd=cwd, env=clean, timeout=_PATIENCE
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr or done.stdout)
    return done.stdout
