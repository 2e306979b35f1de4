"""A caller's hook before a submit is sent, and its check before each write of that request to the socket.

A process may be stopped between two writes of one request, and continue when another one has taken over its work. So
the check comes before every write, and whatever it raises ends the exchange with its connection.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Sequence

BeforeSend = Callable[[], Awaitable[object]]

# Bytes to write at a time: as much as a socket that takes data at all takes at once, and one record of TLS.
PIECE = 2**14


class SendStoppedError(Exception):
    """Carries what a hook raised through the code that makes errors of exceptions."""

    def __init__(self, original: Exception) -> None:
        super().__init__()
        self.original = original


class SendGuard:
    """The hook of one submit.

    Attributes:
        stopped: What the hook or its check raised; None as long as the request may be sent.
    """

    def __init__(self, before_send: BeforeSend) -> None:
        """`before_send` is awaited once; its method `check`, if it has one, is called before each write."""
        self._before_send = before_send
        self._check: Callable[[], object] | None = getattr(before_send, "check", None)
        self._is_begun = False
        self.stopped: SendStoppedError | None = None

    async def begin(self) -> None:
        """Await the hook, unless that was done for an earlier attempt; raise `SendStoppedError` if it raises."""
        if self._is_begun:
            return
        try:
            await self._before_send()
        except Exception as error:
            self.stopped = SendStoppedError(error)
        if self.stopped is not None:
            raise self.stopped
        self._is_begun = True

    def check(self) -> None:
        """Raise `SendStoppedError` if the request may not be sent any more."""
        if self._check is not None and self.stopped is None:
            try:
                self._check()
            except Exception as error:
                self.stopped = SendStoppedError(error)
        if self.stopped is not None:
            raise self.stopped


class SendGuards:
    """The guards of several requests that are written together."""

    def __init__(self, guards: Sequence[SendGuard]) -> None:
        self._guards = guards

    def check(self) -> None:
        """Raise `SendStoppedError` if one of the requests may not be sent any more."""
        for guard in self._guards:
            guard.check()


def pieces_of(data: bytes) -> Generator[bytes]:
    """Yield data in pieces that a socket takes whole."""
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]
