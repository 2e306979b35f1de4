"""The emulator in its own process, so that its resources are not counted."""

from __future__ import annotations

from multiprocessing.connection import Connection

from anyqpu_emulator.server import running


def serve(pipe: Connection) -> None:
    """Send the URL, and serve until the other end is closed."""
    with running(speed="fast", seed=1) as url:
        pipe.send(url)
        pipe.poll(None)
