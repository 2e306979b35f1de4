"""The emulator in a process of its own, so that what it holds is not counted."""

from __future__ import annotations

from multiprocessing.connection import Connection

from anyqpu_emulator.server import running


def serve(pipe: Connection) -> None:
    """Send the address, and serve until the other end is closed."""
    with running(speed="fast", seed=1) as url:
        pipe.send(url)
        pipe.poll(None)
