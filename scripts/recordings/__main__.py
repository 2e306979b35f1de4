"""Follow each tutorial as a new user would, and record the terminal.

    python -m scripts.recordings [NAME ...]

Each tutorial has an empty folder and a virtual environment, in which `pip install` installs a wheel of this tree;
`spec-update` has a clone of the repository. Tutorials that set ANYQPU_EMULATOR run against an emulator in another
environment. The exit code is 1 if a command fails.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import anyqpu
from scripts.docs_site.blocks import tutorials
from scripts.docs_site.outside import ROOT
from scripts.recordings.pages import MADE, POINTER, digest_of, made, points, recording_of, settled, steps_of, typed
from scripts.recordings.terminal import CommandFailedError, Terminal

WORK = ROOT / "build" / "recordings"
WHEELS, CONSTRAINT = WORK / "wheels", WORK / "constraint.txt"
# Followed in a clone; the others in an empty folder.
IN_A_CLONE = frozenset({"spec-update"})
SECONDS = 900.0
SEED = "7"
# Variables of a developer's shell that a new user does not have.
_OWN = ("ANYQPU_", "KQH_", "SCW_", "PASQAL_", "QCS_", "PYTHON", "VIRTUAL_ENV", "PYTEST_", "COLUMNS", "MAKE", "MFLAGS")


def environment_of(home: Path, venv: Path) -> dict[str, str]:
    """Return the environment variables of a new user, whose pip finds the wheel."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    links = f"{WHEELS} {os.environ.get('PIP_FIND_LINKS', '')}".strip()
    more = {"HOME": str(home), "PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "PIP_FIND_LINKS": links}
    more["PIP_CONSTRAINT"] = str(CONSTRAINT)
    # The output of pip differs from day to day.
    return {**kept, **more, "PIP_QUIET": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CACHE_DIR": str(WORK / "pip")}


def make_wheel() -> None:
    """Build a wheel of this tree."""
    for old in WHEELS.glob("anyqpu-*"):
        old.unlink()
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(WHEELS), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    # Never install a newer release instead.
    CONSTRAINT.write_text(f"anyqpu=={anyqpu.__version__}\n", encoding="utf-8")


@contextmanager
def emulator(folder: Path) -> Iterator[str]:
    """Run an emulator in another environment; yields its URL."""
    venv, home = folder / "venv", folder / "home"
    home.mkdir(parents=True)
    environment = environment_of(home, venv)
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([venv / "bin" / "pip", "install", "anyqpu[cli,emulator]"], check=True, env=environment)
    process = subprocess.Popen(
        [venv / "bin" / "anyqpu", "emulate", "--port", "0", "--seed", SEED],
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        address = None
        for line in process.stdout:
            address = address or re.search(r"http://[\d.]+:\d+", line)
            if address and line.strip().startswith("control"):
                break
        if address is None:
            raise SystemExit("the emulator did not start")
        yield address[0]
    finally:
        process.terminate()
        process.wait()


def record(page: Path, folder: Path, address: str | None) -> str:
    """Follow a page, with the URL of the emulator where the page sets it, and return the recording."""
    home, venv, here = folder / "home", folder / "venv", folder / "work"
    home.mkdir(parents=True)
    if page.stem in IN_A_CLONE:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(here)], check=True)
    else:
        here.mkdir()
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    environment = environment_of(home, venv)
    shown: list[str] = []
    if address is not None:
        environment["ANYQPU_EMULATOR"] = address
        shown.append(typed(POINTER) + "\n")
    with Terminal(here, environment) as terminal:
        for block in steps_of(page):
            if block.title is not None:
                (here / block.title).write_text(block.text, encoding="utf-8")
                continue
            for command in block.commands:
                text = terminal.run(command, seconds=SECONDS).strip("\n")
                shown.append(f"{typed(command)}\n{text}\n" if text else f"{typed(command)}\n")
    return settled("\n".join(shown), {str(here): "~", str(home): "~", str(venv): ".venv"})


def main(names: list[str]) -> int:
    """Record the named tutorials, or all."""
    pages = {page.stem: page for page in tutorials()}
    if unknown := set(names) - pages.keys():
        print(f"unknown tutorial {', '.join(sorted(unknown))}; there are {', '.join(pages)}")
        return 2
    make_wheel()
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="anyqpu-", ignore_cleanup_errors=True))
        address = None
        for name in names or pages:
            page = pages[name]
            if points(page) and address is None:
                address = stack.enter_context(emulator(Path(place) / "emulator"))
            digest = digest_of(page)
            try:
                text = record(page, Path(place) / name, address if points(page) else None)
            except CommandFailedError as error:
                print(f"{name}: a command failed: {error}")
                return 1
            if digest != digest_of(page):
                print(f"{name}: the page changed while it was recorded")
                return 1
            recording_of(page).write_text(text, encoding="utf-8")
            digests = {**made(), name: digest}
            MADE.write_text(json.dumps(dict(sorted(digests.items())), indent=2) + "\n", encoding="utf-8")
            print(f"{name}: {len(text.splitlines())} lines", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
