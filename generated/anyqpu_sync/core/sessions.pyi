"""Types of the blocking classes of `anyqpu.core.sessions`. Written by scripts/sync."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from anyqpu_sync.model.job import Job

from anyqpu.model.program import ProgramSource
from anyqpu.model.session import Session

class SessionBlock:
    """`with client.session(device=...) as session:` opens a session, and releases it at the end.

    What happens to its jobs then is `on_exit`: with `drain` they finish, and the block ends when they have; with
    `cancel` they are cancelled; with `leave` the session and its jobs keep running, and cost money.
    """
    @property
    def session(self) -> Session:
        """The session, as it was when it was opened."""
        ...
    @property
    def id(self) -> str:
        """The session's identifier."""
        ...
    def submit(self, program: ProgramSource | Sequence[ProgramSource], **options: Any) -> Job:
        """Submit a program to this session; the options are those of the client's `submit`, without the device."""
        ...
    def __enter__(self) -> SessionBlock: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...
    jobs: list[Job]
