"""A headless Chromium, where there is one: `ANYQPU_CHROMIUM`, or one of the usual names on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

VARIABLE = "ANYQPU_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# Nothing of its own is to go over the network.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip
# Read when the module is loaded: tests run in an environment without the package's variables.
FOUND = os.environ.get(VARIABLE) or next((path for name in _NAMES if (path := shutil.which(name))), None)


class Chromium:
    """Opens pages, each in a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    def dom(self, url: str, width: int, height: int = 1600) -> str:
        """The page's elements once it has run for four seconds of its own time."""
        return self._run(url, width, height, "--dump-dom")

    def screenshot(self, url: str, file: Path, width: int, height: int = 1600, *, dark: bool = False) -> None:
        """A picture of it."""
        more = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else []
        self._run(url, width, height, f"--screenshot={file}", *more)

    def _run(self, url: str, width: int, height: int, *flags: str) -> str:
        self._number += 1
        profile = f"--user-data-dir={self._folder / str(self._number)}"
        size = f"--window-size={width},{height}"
        command = [str(FOUND), *_FLAGS, profile, size, "--virtual-time-budget=4000", *flags, url]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        return done.stdout
