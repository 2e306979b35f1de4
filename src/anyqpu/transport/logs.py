"""Log lines of anyqpu, and the limits on what HTTP libraries log while they work for it.

Our own lines name operation, method, path template, status, request id and duration; never a header's value, a body
or a query. Lines of the libraries show headers, proxy passwords, bytes of responses and the queries of links, which are
credentials: while they work for us, all but the event itself is cut off.
"""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from typing import TYPE_CHECKING

from anyqpu.transport.addresses import public_part

if TYPE_CHECKING:
    from anyqpu.transport.events import ResponseEvent

logger = logging.getLogger("anyqpu")

_at_work: ContextVar[bool] = ContextVar("anyqpu_at_work", default=False)
# httpcore's loggers, and those of its successor with the same interface.
CORE_LOGGERS = tuple(
    f"{core}.{part}"
    for core in ("httpcore", "httpcore2")
    for part in ("connection", "http11", "http2", "proxy", "socks")
)
# hpack logs each header that it compresses; aiohttp's warnings hold cookies and bytes of responses.
SILENT_LOGGERS = ("hpack.hpack", "hpack.table", "aiohttp.client", "aiohttp.internal", "asyncio")
URL_LOGGERS = ("httpx", "httpx2")


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


class QuietLibrary:
    """Make HTTP libraries log no headers, bodies, queries and credentials in this task while the block is open.

    A generator in its place costs a request a microsecond more.
    """

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _at_work.set(True)

    def __exit__(self, *details: object) -> None:
        _at_work.reset(self._token)


class _EventOnly(logging.Filter):
    """Leaves the name of httpcore's event, such as `connect_tcp.started`, and host and port to connect to."""

    def filter(self, record: logging.LogRecord) -> bool:
        if _at_work.get():
            event, _, details = record.getMessage().partition(" ")
            where = re.match(r"host='[\w.:-]*' port=\d+", details) if event == "connect_tcp.started" else None
            record.msg = f"{event} {where[0]}" if where else event
            record.args = record.exc_info = record.exc_text = None
        return True


class _Silent(logging.Filter):
    """Leaves nothing of what is logged for us."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not _at_work.get()


class _PublicUrls(logging.Filter):
    """Leaves of URLs what is not secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        if _at_work.get() and isinstance(record.args, tuple):
            record.args = tuple(_public(value) for value in record.args)
        return True


def _public(value: object) -> object:
    text = str(value)
    return public_part(text) if text.startswith(("http://", "https://")) else value


# Filters of a logger do not reach its children's records, so each one that writes gets its own.
for _kind, _names in ((_EventOnly, CORE_LOGGERS), (_Silent, SILENT_LOGGERS), (_PublicUrls, URL_LOGGERS)):
    for _name in _names:
        logging.getLogger(_name).addFilter(_kind())
