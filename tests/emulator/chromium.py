"""Pages in a headless Chromium, driven by a small program in Node.js that comes with the development tools."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.support import browser

SCRIPT = Path(__file__).parent / "chromium.mjs"
# Looked for when the module is loaded: tests run in an environment without the package's variables.
FOUND, NODE = browser.find(), browser.node()
_SECONDS = 240


def inspect(
    url: str, views: list[dict[str, Any]], *, ready: str, expression: str, profile: Path
) -> list[dict[str, Any]]:
    """What an expression of JavaScript gives at each view, once `ready` is true there; takes pictures, too."""
    assert FOUND is not None
    task = {
        "chromium": FOUND.path, "profile": str(profile), "url": url, "views": views, "ready": ready,
        "expression": expression, "seconds": _SECONDS,
    }  # fmt: skip
    environment = {**os.environ, **FOUND.environment}
    done = subprocess.run(
        [str(NODE), str(SCRIPT)], input=json.dumps(task), env=environment, capture_output=True, text=True,
        timeout=_SECONDS + 10, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages: list[dict[str, Any]] = json.loads(done.stdout)
    return pages
