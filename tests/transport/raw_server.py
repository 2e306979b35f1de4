"""A server that sends exactly the bytes that a test gives it, with or without TLS, and a proxy in front of it."""

from __future__ import annotations

import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

BODY = {"id": "j1", "status": "RUNNING"}


def response(
    body: bytes | dict[str, Any] = b"", *headers: str, status: str = "200 OK", length: int | None = None
) -> bytes:
    """Return a response as it goes over the wire; `length` need not be true."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


@dataclass
class RawServer:
    """A running server: where it is, the first line and the headers of each request, and how many connections came.

    `respond` gets the number of a request, its head and the socket; what it returns is sent, and None closes.
    """

    respond: Callable[[int, bytes, socket.socket], bytes | None]
    tls: ssl.SSLContext | None = None
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def lines(self) -> list[str]:
        """The first lines of the requests."""
        return [head.split(b"\r\n")[0].decode() for head in self.heads]

    def talk(self, connected: socket.socket) -> None:
        self.connections += 1
        sock = connected
        try:
            with suppress(OSError):
                if self.tls is not None:
                    sock = self._secured(connected, self.tls)
                self._converse(sock)
        finally:
            with suppress(OSError):
                sock.close()

    def _secured(self, connected: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        with socket.socket(fileno=os.dup(connected.fileno())) as below:
            try:
                return context.wrap_socket(connected, server_side=True)
            except OSError:
                # Closed with something unread, the system would send a reset, which overtakes the alert.
                below.shutdown(socket.SHUT_WR)
                below.settimeout(5)
                while below.recv(65536):
                    pass
                raise

    def _converse(self, sock: socket.socket) -> None:
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                received = sock.recv(65536)
                if not received:
                    return
                data += received
            head, _, data = data.partition(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
            )
            while len(data) < length:
                data += sock.recv(65536)
            data = data[length:]
            self.heads.append(head)
            reply = self.respond(len(self.heads), head, sock)
            if reply is None:
                return
            sock.sendall(reply)


@contextmanager
def raw_server(
    respond: Callable[[int, bytes, socket.socket], bytes | None], tls: ssl.SSLContext | None = None
) -> Iterator[RawServer]:
    """Serve on a free port of this machine, in threads, while the block is open."""
    server = RawServer(respond, tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]

        def accept() -> None:
            while True:
                try:
                    connected, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=server.talk, args=(connected,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def tunnel_to(port: int) -> Callable[[int, bytes, socket.socket], bytes | None]:
    """Respond to CONNECT as a proxy that leads to a port of this machine, whatever host is requested."""

    def respond(number: int, head: bytes, sock: socket.socket) -> bytes | None:
        with socket.create_connection(("127.0.0.1", port)) as there:
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(there, sock), daemon=True)
            back.start()
            pump(sock, there)
            back.join(5)
        return None

    return respond


def pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
