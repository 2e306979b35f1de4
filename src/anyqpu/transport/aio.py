"""A connection of aiohttp, for those who want the fewest cycles per call; asyncio only."""

from __future__ import annotations

import contextlib
import importlib
import ssl
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import contextmanager
from typing import Any

from anyqpu.errors import ConfigError
from anyqpu.transport.direct import KEEP_SECONDS, is_plain

# What aiohttp would add of its own.
NOT_WANTED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class Aiohttp:
    """One connection to an origin. Its failures are those of httpcore."""

    def __init__(self, library: Any, httpx: Any, core: Any, tls: ssl.SSLContext, *, proxy: str | None) -> None:
        self._library = library
        self._httpx = httpx
        self._core = core
        self._url: Any = importlib.import_module("yarl").URL
        self._tls = tls
        self._proxy = proxy
        self._session: Any = None

    async def open(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, phases: Mapping[str, float]
    ) -> Any:
        """Send a request; the head of the answer."""
        address: Any = None
        with contextlib.suppress(self._httpx.InvalidURL, ValueError):
            address = self._url(url if is_plain(url) else str(self._httpx.URL(url)), encoded=True)
        if address is None or not all(name.isascii() and value.isascii() for name, value in headers.items()):
            raise ConfigError("the address or a header has characters that cannot be sent")
        limits = self._library.ClientTimeout(total=None, sock_connect=phases["connect"], sock_read=phases["read"])
        with _failures(self._library, self._core):
            response = await self._opened().request(
                method, address, headers=headers, data=content, timeout=limits, allow_redirects=False, proxy=self._proxy
            )
        return _Answer(self._library, self._core, response)

    def _opened(self) -> Any:
        if self._session is None:
            self._session = self._library.ClientSession(
                connector=self._library.TCPConnector(limit=1, ssl=self._tls, keepalive_timeout=KEEP_SECONDS),
                cookie_jar=self._library.DummyCookieJar(),
                skip_auto_headers=NOT_WANTED,
            )
        return self._session

    async def aclose(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()


class _Answer:
    """The head of an answer, and its body to come."""

    __slots__ = ("_core", "_library", "_response", "headers", "status_code")

    def __init__(self, library: Any, core: Any, response: Any) -> None:
        self._library = library
        self._core = core
        self._response = response
        self.headers: Mapping[str, str] = response.headers
        self.status_code: int = response.status

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        with _failures(self._library, self._core):
            async for part in self._response.content.iter_any():
                yield part

    async def aclose(self) -> None:
        # One that was read to its end has given its connection back already.
        self._response.close()


@contextmanager
def _failures(library: Any, core: Any) -> Generator[None]:
    """Failures of aiohttp as those of httpcore. Only those to connect mean that nothing was sent."""
    failure: Exception
    try:
        yield
        return
    except (library.ClientHttpProxyError, library.ClientProxyConnectionError) as error:
        failure = core.ProxyError(_text(error))
    except library.ClientConnectorError as error:
        failure = core.ConnectError(_text(error))
    except library.ConnectionTimeoutError as error:
        failure = core.ConnectTimeout(_text(error))
    except library.ServerTimeoutError as error:
        failure = core.ReadTimeout(_text(error))
    except library.ClientError as error:
        failure = core.RemoteProtocolError(_text(error))
    except ValueError:
        # Its words would show the header.
        failure = core.LocalProtocolError("a header has characters that cannot be sent")
    raise failure


def _text(error: Exception) -> str:
    # An answer that cannot be read is shown by aiohttp with its address, which may be a credential.
    return getattr(error, "message", "") or getattr(error, "strerror", "") or str(error) or type(error).__name__
