"""The small document that the generator is tested with, and the client generated from it.

`python -m tests.scripts.small` renews the golden files, after a change of the templates that is meant. Read the
difference before committing it: it is what changes in every generated client.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from scripts.documents import load
from scripts.generator.process import format_code, generate

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "golden"
# One file of each kind; together with the behaviour tests they pin every template.
GOLDEN_FILES = (
    "api/jobs/list_jobs.py",
    "client.py",
    "models/__init__.py",
    "models/job.py",
    "models/job_status.py",
    "operations.py",
    "pages.py",
)


def document() -> dict[str, Any]:
    """A fresh copy, to be changed at will."""
    return load(DATA / "small.json")


def write_client(root: Path, source: dict[str, Any] | None = None) -> Path:
    """Generate and format a client as the package `small` in the package `root`; returns its folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "__init__.py").write_text("", encoding="utf-8")
    generate(document() if source is None else source, root / "small")
    format_code(root)
    return root / "small"


def renew_golden() -> None:
    """Overwrite the golden files with what the generator writes now."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        client = write_client(Path(folder) / "golden")
        for name in GOLDEN_FILES:
            # Not `.py`: these are texts to compare with, which no tool should format, lint or import.
            target = GOLDEN / f"{name}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(client / name, target)


if __name__ == "__main__":
    renew_golden()
