"""Open an encrypted stream to a server, directly or through a proxy, for a protocol that httpcore does not speak."""

from __future__ import annotations

import ssl
from typing import Any, cast

from anyqpu.transport.addresses import PORTS, Origin
from anyqpu.transport.library_errors import SOCKS_REPLIES
from anyqpu.transport.network import Network, Stream
from anyqpu.transport.proxies import Proxy

# A reply of a SOCKS proxy is shorter.
SOCKS_BYTES = 4096


async def open_stream(
    network: Network, core: Any, origin: Origin, *, tls: ssl.SSLContext, alpn: str, proxy: Proxy | None
) -> Stream:
    """Return a stream to a server, encrypted if its scheme is https.

    Args:
        network: Opens the sockets; made for this origin and proxy. Its `stage` says how far this has come.
        core: The package httpcore, or its successor.
        origin: The server.
        tls: For the server, and for a proxy that is reached over https.
        alpn: The protocol to offer to the server.
        proxy: The proxy on the way.

    Raises:
        Exception: One of httpcore's, for `library_errors.translated`.
    """
    (scheme, host, port), timeout = origin, network.connect_timeout
    number = PORTS[scheme] if port is None else port
    if proxy is None:
        stream = await network.connect_tcp(host, number, timeout)
    elif proxy.scheme == "socks5":
        stream = await network.connect_tcp(proxy.host, proxy.port, timeout)
        await _socks(stream, core, proxy, host, number)
    else:
        stream = await _connect(network, core, proxy, tls, f"[{host}]:{number}" if ":" in host else f"{host}:{number}")
    if scheme == "http":
        return stream
    # It counts when the handshake begins, which is before anything else can change it.
    tls.set_alpn_protocols([alpn])
    return await stream.start_tls(tls, host, timeout)


async def _connect(network: Network, core: Any, proxy: Proxy, tls: ssl.SSLContext, target: str) -> Stream:
    """Ask an HTTP proxy for a connection to the target (CONNECT)."""
    place: Any = {"scheme": proxy.scheme.encode(), "host": proxy.host.encode(), "port": proxy.port}
    connection = core.AsyncHTTPConnection(
        origin=core.Origin(**place), ssl_context=tls, network_backend=network, http1=True, http2=False
    )
    headers = [(b"Host", target.encode()), (b"Accept", b"*/*")]
    if proxy.authorization is not None:
        headers.append((b"Proxy-Authorization", proxy.authorization.encode()))
    url = core.URL(**place, target=target.encode())
    phases = dict.fromkeys(("connect", "read", "write"), network.connect_timeout)
    response: Any = await connection.handle_async_request(
        core.Request(b"CONNECT", url, headers=headers, extensions={"timeout": phases})
    )
    if not 200 <= response.status < 300:
        raise core.ProxyError(str(response.status))
    return cast("Stream", network.stream)


async def _socks(stream: Stream, core: Any, proxy: Proxy, host: str, port: int) -> None:
    """Ask a SOCKS 5 proxy for a connection to a host, whose name the proxy resolves (RFC 1928, RFC 1929)."""
    from socksio import socks5

    connection: Any = socks5.SOCKS5Connection()

    async def ask(request: Any) -> Any:
        connection.send(request)
        await stream.write(connection.data_to_send())
        return connection.receive_data(await stream.read(SOCKS_BYTES))

    kinds, credentials = socks5.SOCKS5AuthMethod, proxy.credentials
    method = kinds.NO_AUTH_REQUIRED if credentials is None else kinds.USERNAME_PASSWORD
    reply = await ask(socks5.SOCKS5AuthMethodsRequest([method]))
    if reply.method != method:
        raise core.ProxyError("Requested another way of authentication")
    if credentials is not None:
        reply = await ask(socks5.SOCKS5UsernamePasswordRequest(*credentials))
        if not reply.success:
            raise core.ProxyError("Invalid username/password")
    reply = await ask(socks5.SOCKS5CommandRequest.from_address(socks5.SOCKS5Command.CONNECT, (host, port)))
    if reply.reply_code != socks5.SOCKS5ReplyCode.SUCCEEDED:
        number = int.from_bytes(reply.reply_code.value)
        raise core.ProxyError(SOCKS_REPLIES[min(number, len(SOCKS_REPLIES)) - 1])
