"""An emulated cloud that loses some responses."""

from __future__ import annotations

from tests.support.server import Seen, ServerResponse
from tests.transport.test_submit import Between


class Lossy(Between):
    """Replaces the first response to a POST whose path has this ending."""

    def __init__(self, ending: str, reply: ServerResponse) -> None:
        super().__init__()
        self.ending, self.reply, self.sent = ending, reply, 0

    async def __call__(self, seen: Seen) -> ServerResponse:
        reply = await super().__call__(seen)
        if seen.method == "POST" and seen.path.endswith(self.ending):
            self.sent += 1
            return self.reply if self.sent == 1 else reply
        return reply
