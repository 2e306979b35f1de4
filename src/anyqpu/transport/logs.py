"""What is logged, and what the HTTP library may log on our behalf.

Our own lines name operation, method, path template, status, request id and duration; never a header's value, a body
or a query. The HTTP library's lines are held to the same while it works for us: a download link is a credential.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from anyqpu.transport.hooks import ResponseEvent

logger = logging.getLogger("anyqpu")

_at_work: ContextVar[bool] = ContextVar("anyqpu_at_work", default=False)
# Their own names, and those of the successors with the same interface.
LIBRARY_LOGGERS = ("httpx", "httpx2", "httpcore", "httpcore2")


def log_response(event: ResponseEvent) -> None:
    """One line per request, at level DEBUG."""
    logger.debug(
        "%s %s: %s %s -> %s in %.0f ms, request id %s",
        event.provider,
        event.operation,
        event.method,
        event.path,
        event.status_code or event.error,
        event.seconds * 1000,
        event.request_id,
    )


@contextmanager
def quiet_library() -> Generator[None]:
    """While this is open, in this task, the HTTP library logs no headers and no queries."""
    token = _at_work.set(True)
    try:
        yield
    finally:
        _at_work.reset(token)


class _Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if not _at_work.get():
            return True
        if "headers" in record.getMessage():
            return False
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(value) for value in record.args)
        return True


def _without_query(value: object) -> object:
    text = str(value)
    return text.partition("?")[0] if text.startswith(("http://", "https://")) else value


for _name in (
    "httpx",
    "httpx2",
    *(
        f"{core}.{part}"
        for core in ("httpcore", "httpcore2")
        for part in ("connection", "http11", "http2", "proxy", "socks")
    ),
):
    # Filters of a logger do not reach its children's records, so each one that writes gets its own.
    logging.getLogger(_name).addFilter(_Redact())
