"""The emulator in a process of its own: prints its address, and ends with its standard input."""

from __future__ import annotations

import sys

from anyqpu_emulator.server import running

if __name__ == "__main__":
    with running(speed="instant", seed=1) as url:
        print(url, flush=True)
        sys.stdin.read()
