"""The generator's own environment, `.venv-generator`: exactly what requirements.txt lists.

python -m scripts.generator.environment     make it, if it is missing or was made from other pins
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.documents import ROOT

FOLDER = ROOT / ".venv-generator"
PYTHON = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
PINS = Path(__file__).with_name("requirements.txt")
_STAMP = FOLDER / ".done"


def pinned_version(package: str) -> str:
    """The version of a package that the environment holds."""
    pin = re.search(rf"^{re.escape(package)}==(\S+)$", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    if pin is None:
        raise LookupError(f"{PINS.name} has no pin for {package}")
    return pin[1]


def is_ready() -> bool:
    """Whether the environment holds what the pins say, for this version of Python."""
    return PYTHON.exists() and _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == _contents()


def make() -> None:
    """Make the environment anew with this interpreter; raises `CalledProcessError` if a package cannot be installed."""
    # Without pip, which some systems ship apart from venv: the pip of this environment installs into the other one.
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(FOLDER)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--requirement", str(PINS)], check=True)
    _STAMP.write_text(_contents(), encoding="utf-8")


def ensure() -> None:
    """Make the environment if it is missing or out of date."""
    if not is_ready():
        print("installing the client generator ...", file=sys.stderr, flush=True)
        make()


def _contents() -> str:
    return f"Python {sys.version_info.major}.{sys.version_info.minor}\n{PINS.read_text(encoding='utf-8')}"


if __name__ == "__main__":
    ensure()
