"""Build what is released, look into it, and try it in clean environments.

python -m scripts.dist_check                      everything
python -m scripts.dist_check --extra cli otel     some extras, without the test suite
python -m scripts.dist_check --python 3.11        one Python
python -m scripts.dist_check --small              not those that take hundreds of megabytes

Every extra is installed alone, with the lowest direct dependencies that pyproject.toml allows and with the highest
that there are, on each Python that is found. In each environment `smoke.py` does a real piece of work against an
emulator. Part of the test suite runs with the lowest. The exit code is 1 if anything failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from anyqpu_emulator.server import running
from scripts.dist_check import contents
from scripts.dist_check.building import Built, build
from scripts.dist_check.environments import RESOLUTIONS, Environment, pythons, run_tests
from tests.packaging import outside

LARGE = ("perceval", "pulser", "qiskit")
# What people use who work on the package, and nobody who installs it.
OURS = ("dev", "docs", "release")
CORE = "(none)"


def main(arguments: list[str]) -> int:
    """Build, look, install, try, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m scripts.dist_check", description="check what is released")
    parser.add_argument("--python", nargs="*", metavar="VERSION", help="such as 3.11; else all that are found")
    parser.add_argument("--extra", nargs="*", metavar="NAME", help=f"extras; {CORE} is the package alone")
    parser.add_argument("--small", action="store_true", help=f"not {', '.join(LARGE)}")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="anyqpu-dist-") as folder:
        place = Path(folder)
        built = build(place)
        problems = contents.problems(built)
        print("\n".join(problems) or f"{built.wheel.name} and {built.sdist.name}: metadata and contents are right")
        rows = [] if problems else _tried(place, built, options)
    print()
    for row in rows:
        print("  ".join(row).rstrip())
    return 1 if problems or any(row[3] != "ok" for row in rows) else 0


def _tried(place: Path, built: Built, options: argparse.Namespace) -> list[tuple[str, ...]]:
    offered = [CORE, *(name for name in built.extras if name not in OURS)]
    chosen = options.extra or [name for name in offered if not (options.small and name in LARGE)]
    if unknown := set(chosen) - set(offered):
        raise SystemExit(f"there is no extra {', '.join(sorted(unknown))}; there are {', '.join(offered)}")
    found = pythons(options.python)
    rows: list[tuple[str, ...]] = []
    with running(speed="instant", seed=7) as url:
        for version, interpreter in found:
            for resolution in RESOLUTIONS:
                for name in chosen:
                    extra = "" if name == CORE else name
                    environment = Environment(
                        place / f"{version}-{resolution}-{extra}", version, interpreter, resolution
                    )
                    rows.append(
                        (f"{version:<6}", f"{resolution:<8}", f"{name:<16}", *_try(environment, built, extra, url))
                    )
    if not options.extra:
        version, interpreter = found[0]
        rows.append((f"{version:<6}", "highest ", "types, outside  ", *_see_types(place / f"{version}-highest-")))
        environment = Environment(place / "suite", version, interpreter, "lowest")
        rows.append((f"{version:<6}", "lowest  ", "the test suite  ", *run_tests(environment, built)))
    return rows


def _try(environment: Environment, built: Built, extra: str, url: str) -> tuple[str, str]:
    began = time.monotonic()
    try:
        versions = environment.install(built, extra)
        environment.smoke(extra, url)
        verdict = "ok"
    except subprocess.CalledProcessError as error:
        verdict, versions = "failed", str(error.stderr or error.stdout)[-3000:]
    print(f"{environment.folder.name}: {verdict}, {time.monotonic() - began:.0f} s", flush=True)
    return verdict, versions


def _see_types(environment: Path) -> tuple[str, str]:
    """Whether mypy and pyright see the wheel's types as they should; in the environment that has the package alone."""
    folder = environment / "consumer"
    folder.mkdir()
    done = outside.check(folder, str(environment / "bin" / "python"), folder / "cache")
    said = [f"{tool}: {each.stdout}{each.stderr}" for tool, each in done.items() if each.returncode]
    return ("failed", "\n".join(said)) if said else ("ok", ", ".join(done))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
