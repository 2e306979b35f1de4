"""The port for gRPC beside the emulator's HTTP port, which opens when its address is needed first."""

from __future__ import annotations

import errno
import importlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

if TYPE_CHECKING:
    from .http2 import Http2Server

LOOPBACK = "127.0.0.1"
ALL_ADDRESSES = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_log = logging.getLogger("anyqpu_emulator")


class ListenError(Exception):
    """An address cannot be listened on; the message has the reason and what to do."""


class GrpcPort:
    """The address under which one emulator speaks gRPC. Safe to use from several threads."""

    def __init__(self, app: Callable[[], ASGIApp | None], host_names: set[str], prefix: str) -> None:
        """`app` returns the emulator's application, or None once it is gone; `prefix` comes before each path."""
        self._app = app
        self._prefix = prefix
        self._host_names = host_names
        self._host = LOOPBACK
        self._number = 0
        self._server: Http2Server | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._warned = False

    def choose(self, host: str, port: int = 0) -> None:
        """Set where the port opens; 0 is any free one."""
        self._host, self._number = host, port

    def open(self) -> bool:
        """Open the port unless it is open, and return whether it is. Blocks.

        It stays closed where a package is missing, which the log says once. Raises ListenError.
        """
        with self._lock:
            if self._server is not None or self._closed:
                return not self._closed
            try:
                # protobuf is what the messages need.
                importlib.import_module("google.protobuf")
                http2 = importlib.import_module("anyqpu_emulator.http2")
            except ImportError as error:
                if not self._warned:
                    self._warned = True
                    _log.warning("no gRPC without the package %s: pip install 'anyqpu[emulator]'", error.name)
                return False
            listener = listen(self._host, self._number)
            self._number = int(listener.getsockname()[1])
            server: Http2Server = http2.Http2Server(self._app, listener, self._host_names, self._prefix)
            server.start()
            self._server = server
            return True

    def url(self, reached_by: str = "") -> str | None:
        """Return the address, once the port is open; `reached_by` is the host name by which a client came."""
        if self._server is None:
            return None
        host = self._host
        if host in ALL_ADDRESSES:
            host = reached_by or ALL_ADDRESSES[host]
        return f"http://[{host}]:{self._number}" if ":" in host else f"http://{host}:{self._number}"

    def stop(self) -> None:
        """Close the port for good. Does not block."""
        with self._lock:
            self._closed = True
            server = self._server
        if server is not None:
            server.stop()

    def close(self) -> None:
        """Close the port for good, and wait until it is closed."""
        self.stop()
        if self._server is not None:
            self._server.join()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ListenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop turns Nagle's algorithm off only where the protocol is given, which costs 40 ms per response.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on other systems it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise ListenError(f"port {port} on {host} is in use") from None
        raise ListenError(f"cannot listen on {host}, port {port}: {error}") from None
    return listener
