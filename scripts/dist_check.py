"""Build what is released, and try it in clean environments.

python -m scripts.dist_check                      everything
python -m scripts.dist_check --extra cli otel     some extras, without types and the test suite
python -m scripts.dist_check --python 3.11        one Python
python -m scripts.dist_check --small              not those that take hundreds of megabytes

uv builds both archives, twine checks them, and uv installs the wheel with each extra alone, with the lowest direct
dependencies that pyproject.toml allows and with the highest, on each supported Python. `tests/packaging/smoke.py` does
a real piece of work in each environment. Part of the test suite runs with the lowest versions. What is in the archives
is tested by `tests/packaging/test_archives.py`. The exit code is 1 if anything failed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from anyqpu_emulator.server import running
from tests.packaging import outside

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = ("lowest-direct", "highest")
LARGE = ("perceval", "pulser", "qiskit")
# Extras of the emulator's engines, which need the emulator.
ENGINES = LARGE
CORE = "(none)"
DEVELOPMENT = ("dev", "docs", "release")
TESTED_EXTRAS = ("cli", "emulator", "rigetti", "trio", "http2", "httpx2", "aiohttp", "otel", "socks")
TESTS = ("tests/unit", "tests/transport", "tests/client", "tests/cli/test_commands.py")
TEST_TOOLS = (
    *("pytest", "pytest-asyncio", "pytest-socket", "pytest-timeout", "blockbuster", "respx", "trustme"),
    *("hypothesis", "opentelemetry-sdk", "jsonschema", "grpcio"),
)
# Their highest versions would replace the lowest ones of our dependencies.
LOWEST_TEST_TOOLS = ("fastapi>=0.115", "pandas>=2.2.3", "pydantic>=2.10")
TIMEOUT_S = 1800.0


def main(arguments: list[str]) -> int:
    """Build, install, try, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m scripts.dist_check", description="check what is released")
    parser.add_argument("--python", nargs="*", metavar="VERSION", help=f"default: {' '.join(PYTHONS)}, where found")
    parser.add_argument("--extra", nargs="*", metavar="NAME", help=f"default: all; {CORE} is the package alone")
    parser.add_argument("--small", action="store_true", help=f"leave out {', '.join(LARGE)}")
    options = parser.parse_args(arguments)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    offered = [CORE, *(name for name in project["optional-dependencies"] if name not in DEVELOPMENT)]
    extras = options.extra or [name for name in offered if not (options.small and name in LARGE)]
    if unknown := set(extras) - set(offered):
        parser.error(f"unknown extra {', '.join(sorted(unknown))}; there are {', '.join(offered)}")
    pythons = [version for version in options.python or PYTHONS if is_installed(version)]
    if not pythons:
        parser.error(f"none of these Pythons is installed: {', '.join(options.python or PYTHONS)}")
    verdicts: list[bool] = []
    with tempfile.TemporaryDirectory(prefix="anyqpu-dist-") as folder, running(speed="instant", seed=7) as url:
        wheel = build(Path(folder) / "dist")
        for python, resolution, extra in itertools.product(pythons, RESOLUTIONS, extras):
            environment = Path(folder) / f"{python}-{resolution}-{extra}"
            trial = partial(try_extra, environment, wheel, python=python, resolution=resolution, extra=extra, url=url)
            verdicts.append(attempt(environment.name, trial))
        if not options.extra:
            alone = Path(folder) / f"{pythons[0]}-highest-{CORE}"
            verdicts.append(attempt("types, from outside", partial(check_types, alone)))
            suite = Path(folder) / "suite"
            verdicts.append(attempt("test suite, lowest", partial(run_tests, suite, wheel, pythons[0])))
    return 0 if all(verdicts) else 1


def is_installed(version: str) -> bool:
    """Whether uv finds a Python of this version."""
    command = [sys.executable, "-m", "uv", "python", "find", "--no-python-downloads", version]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def build(folder: Path) -> Path:
    """Build both archives, the wheel from the sdist, and return the wheel. Raises CalledProcessError."""
    uv("build", "--quiet", "--out-dir", folder, ROOT)
    run(sys.executable, "-m", "twine", "check", "--strict", *folder.glob("*.tar.gz"), *folder.glob("*.whl"))
    (wheel,) = folder.glob("*.whl")
    print(f"{wheel.name}: built and checked", flush=True)
    return wheel


def attempt(name: str, action: Callable[[], None]) -> bool:
    """Run an action and print how it went."""
    began, output = time.monotonic(), ""
    try:
        action()
    except subprocess.CalledProcessError as error:
        output = f"\n{error.stdout}{error.stderr}"[-6000:]
    except subprocess.TimeoutExpired as error:
        output = f"\n{error}"
    print(f"{name:<36} {'failed' if output else 'ok':<6} {time.monotonic() - began:4.0f} s{output}", flush=True)
    return not output


def try_extra(environment: Path, wheel: Path, *, python: str, resolution: str, extra: str, url: str) -> None:
    """Install the wheel with an extra, and do a piece of work with it. Raises CalledProcessError."""
    name = "" if extra == CORE else extra
    install(environment, wheel, python, resolution, [*([name] if name else []), *(["emulator"] * (name in ENGINES))])
    uv("pip", "check", "--quiet", "--python", environment)
    smoke = ROOT / "tests" / "packaging" / "smoke.py"
    run(environment / "bin" / "python", "-W", "error::DeprecationWarning:anyqpu", smoke, name, url, cwd=environment)


def install(
    environment: Path, wheel: Path, python: str, resolution: str, extras: Sequence[str], *, others: Sequence[str] = ()
) -> None:
    """Make an environment with the wheel, the direct dependencies of pyproject.toml and others.

    Raises CalledProcessError.
    """
    uv("venv", "--quiet", "--no-python-downloads", "--python", python, environment)
    direct = ["--requirements", ROOT / "pyproject.toml", *(f"--extra={extra}" for extra in extras)]
    uv("pip", "install", "--quiet", "--python", environment, "--resolution", resolution, *direct, *others, wheel)


def check_types(environment: Path) -> None:
    """Check that mypy and pyright see the types of the installed wheel. Raises CalledProcessError."""
    folder = environment / "consumer"
    folder.mkdir()
    for done in outside.check(folder, str(environment / "bin" / "python"), folder / "cache").values():
        done.check_returncode()


def run_tests(environment: Path, wheel: Path, python: str) -> None:
    """Run the quick part of the test suite with the lowest versions. Raises CalledProcessError."""
    install(environment, wheel, python, "lowest-direct", TESTED_EXTRAS, others=LOWEST_TEST_TOOLS)
    uv("pip", "install", "--quiet", "--python", environment, *TEST_TOOLS)
    run(environment / "bin" / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS, cwd=ROOT)


def uv(*arguments: str | Path) -> None:
    """Run uv. Raises CalledProcessError."""
    run(sys.executable, "-m", "uv", *arguments)


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command without the settings of this environment. Raises CalledProcessError with its output."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd, env=clean, timeout=TIMEOUT_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
