"""An emulated cloud some of whose answers are lost on the way."""

from __future__ import annotations

from tests.support.server import Reply, Seen
from tests.transport.test_submit import Between


class Lossy(Between):
    """Loses the first answer to a POST whose path ends as said."""

    def __init__(self, ending: str, reply: Reply) -> None:
        super().__init__()
        self.ending, self.reply, self.sent = ending, reply, 0

    async def __call__(self, seen: Seen) -> Reply:
        reply = await super().__call__(seen)
        if seen.method == "POST" and seen.path.endswith(self.ending):
            self.sent += 1
            return self.reply if self.sent == 1 else reply
        return reply
