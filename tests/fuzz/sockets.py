"""Messages over ZeroMQ: recorded, and played back with changes in place of a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgpack

from anyqpu.errors import AnyQPUError
from anyqpu.transport import zeromq
from tests.fuzz.tape import Tape


@contextmanager
def recording(tape: Tape) -> Iterator[None]:
    """Keep every message that connections receive meanwhile."""
    original = zeromq.Connection.received

    def received(self: Any, frames: list[bytes]) -> None:
        tape.messages.append(frames[-1])
        original(self, frames)

    zeromq.Connection.received = received  # type: ignore[method-assign]
    try:
        yield
    finally:
        zeromq.Connection.received = original  # type: ignore[method-assign]


@contextmanager
def playing(tape: Tape, change: Callable[[int, bytes], bytes]) -> Iterator[None]:
    """Let connections respond from a tape; the id of each request takes the place of the recorded one."""
    left = list(enumerate(tape.messages))

    class Played:
        """As `zeromq.Connection`, without a socket."""

        def __init__(self, provider: str, address: str, keys: Any, read: Callable[[bytes], tuple[str | None, Any]]):
            self.users = 0
            self.failed = False
            self._provider = provider
            self._read = read

        async def open(self) -> None:
            """Is open at once."""

        async def ask(self, id: str, content: bytes) -> Any:
            """Read the next message as the connection would."""
            number, message = left.pop(0) if left else (-1, b"\xc0")
            with suppress(ValueError, TypeError):
                message = msgpack.packb({**msgpack.unpackb(message), "id": id}) if number >= 0 else message
            request, reply = self._read(change(number, message))
            if request != id:
                raise zeromq.ProtocolError("the reply is to another request", provider=self._provider)
            return reply

        def fail(self, kind: type[AnyQPUError], message: str) -> None:
            """As when the connection breaks."""
            self.failed = True

        def close(self) -> None:
            """Nothing to close."""

    original = zeromq.Connection
    zeromq.Connection = Played  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        zeromq.Connection = original  # type: ignore[misc]
