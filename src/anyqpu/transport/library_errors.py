"""Errors of HTTP libraries as errors of anyqpu.

Two things decide: how far the request had come, and the kind of the exception or of one behind it. The text of an
exception is not shown: libraries put bytes of responses, URLs and passwords into it. Shown are the system's words for
an error number, OpenSSL's names of errors, and words of our own.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from anyqpu.errors import (
    AnyQPUError,
    CertificateError,
    ConfigError,
    ConnectError,
    Hint,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
)
from anyqpu.transport.addresses import Origin
from anyqpu.transport.direct import UNSENDABLE
from anyqpu.transport.network import Stage
from anyqpu.transport.proxies import ARGUMENT, Proxy, place_of
from anyqpu.transport.timeouts import Timeouts

CAUSES = 20
# Exceptions for what happens on a connection that stands.
LATER = frozenset({"ReadError", "ReadTimeout", "WriteError", "WriteTimeout", "CloseError", "RemoteProtocolError"})
# By its title, since those who installed the package do not have the file.
NETWORK_PAGE = "'Connect from a company network' in the documentation"
CERTIFICATE_HINT = Hint(
    "If a proxy or a server of your own signs certificates, name its authority with verify= or SSL_CERT_FILE; "
    "verify='system' trusts what the operating system trusts. See " + NETWORK_PAGE,
    "If a proxy or a server of your own signs certificates, name its authority with --cacert or SSL_CERT_FILE; "
    "`--cacert system` trusts what the operating system trusts. See " + NETWORK_PAGE,
)
CLIENT_CERTIFICATE_HINT = Hint(
    "Pass an ssl.SSLContext with your certificate loaded as verify=",
    "The command line has no option for a client's certificate; the Python library has",
)
# RFC 8446, section 6.2: the server did not accept the client's certificate, or the lack of one.
CLIENT_CERTIFICATE_ALERTS = re.compile(
    r"ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED"
    r"|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)"
)
# RFC 9113, section 7: the stream was not processed.
HTTP2_REFUSED_STREAM = 7
# RFC 1928, section 6, in the words of httpcore.
SOCKS_REPLIES = (
    "General SOCKS server failure",
    "Connection not allowed by ruleset",
    "Network unreachable",
    "Host unreachable",
    "Connection refused",
    "TTL expired",
    "Command not supported",
    "Address type not supported",
)


class Circumstances(NamedTuple):
    """What is known of a request that failed. `stage` is None where a transport was injected."""

    origin: Origin
    proxy: Proxy | None
    stage: Stage | None
    timeouts: Timeouts

    @property
    def place(self) -> str:
        """The server, and the proxy on the way to it."""
        through = "" if self.proxy is None else f" through the proxy {self.proxy.place}"
        return f"{place_of(self.origin)}{through}"


def translated(error: Exception, at: Circumstances) -> AnyQPUError:
    """Return the error that stands for an exception of an HTTP library."""
    causes = list(_causes(error))
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    stage = _stage_of(causes[0]) if at.stage is None else at.stage
    # Test doubles raise these where no connection was made.
    if stage is Stage.SENT or (stage is not Stage.PROXY and names & LATER):
        return _after_sending(causes, names, at)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _untrusted(cause, at, of_proxy=stage is Stage.PROXY)
    if "LocalProtocolError" in names:
        return ConfigError(UNSENDABLE)
    of_proxy = stage is Stage.PROXY or (stage is Stage.CONNECTING and at.proxy is not None)
    if of_proxy or "ProxyError" in names or "ClientHttpProxyError" in names:
        return _by_proxy(causes, names, at, reached=stage is not Stage.CONNECTING)
    if "PoolTimeout" in names:
        return ConnectError(f"no free connection to {at.place} in the injected HTTP client")
    reason = _reason(causes) or (
        f"no connection within {at.timeouts.connect:g} s" if _is_timeout(names) else "the connection was closed"
    )
    return ConnectError(f"cannot connect to {at.place}: {reason}")


def proxy_wants_login(at: Circumstances) -> ProxyError:
    """Return the error for a proxy that asks for credentials, or refuses those that it was given (407)."""
    proxy = at.proxy
    if proxy is None:
        return _final(ProxyError("the proxy asks for user name and password (407)"))
    problem = "asks for user name and password" if proxy.username is None else "did not accept user name and password"
    example = "http://user:password@host:port"
    hint: str = f"Set them as {proxy.source}={example}"
    if proxy.source == ARGUMENT:
        hint = Hint(f"Set them as proxy={example!r}", f"Set them as --proxy {example!r}")
    return _final(ProxyError(f"the proxy {proxy.place} {problem} (407)", hint=hint))


def _after_sending(causes: list[BaseException], names: set[str], at: Circumstances) -> AnyQPUError:
    """Return the error for a request that the server may have seen."""
    if _was_refused(causes, names):
        return ConnectError(f"{at.place} closed the connection before it handled the request")
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and CLIENT_CERTIFICATE_ALERTS.search(_reason_code(cause)):
            return CertificateError(
                f"{at.place} did not accept the client's certificate, or asks for one: {_tls_reason(cause)}",
                hint=CLIENT_CERTIFICATE_HINT,
            )
    if "WriteTimeout" in names:
        return ReadTimeoutError(f"no response: the request could not be sent within {at.timeouts.write:g} s")
    if _is_timeout(names):
        return ReadTimeoutError(f"no response within {at.timeouts.read:g} s")
    return ProtocolError(f"the connection broke: {_reason(causes) or _broken(causes, names)}")


def _broken(causes: list[BaseException], names: set[str]) -> str:
    text = str(causes[0])
    if "Server disconnected" in text or "ServerDisconnectedError" in names:
        return "the server closed it without a response"
    events = {type(event).__name__ for cause in causes for event in cause.args}
    if "StreamReset" in events:
        return "the server reset the stream of the request (HTTP/2)"
    if "ConnectionTerminated" in events:
        return "the server ended it (HTTP/2 GOAWAY)"
    if "complete message body" in text or "incomplete" in text or "ClientPayloadError" in names:
        return "the server closed it before the response was complete"
    if "EndOfStream" in names or names & {"ReadError", "WriteError", "ClientConnectionError", "CloseError"}:
        return "the server closed it"
    if names & {"RemoteProtocolError", "ProtocolError", "ClientResponseError", "DecodingError"}:
        return "the response was not valid HTTP"
    # A name says what to report, and holds nothing that a server sent.
    return f"unexpected {type(causes[0]).__name__} in the HTTP library"


def _was_refused(causes: list[BaseException], names: set[str]) -> bool:
    """Whether an HTTP/2 server said that it did not process the request: GOAWAY before it, or REFUSED_STREAM."""
    if "ConnectionNotAvailable" in names:
        return True
    for cause in causes:
        for event in cause.args:
            name = type(event).__name__
            if name == "ConnectionTerminated" and getattr(event, "last_stream_id", None) == 0:
                return True
            if name == "StreamReset" and getattr(event, "error_code", None) == HTTP2_REFUSED_STREAM:
                return True
    return False


def _untrusted(error: ssl.SSLCertVerificationError, at: Circumstances, *, of_proxy: bool) -> CertificateError:
    proxy = at.proxy
    whose = f"the proxy {proxy.place}" if of_proxy and proxy is not None else at.place
    # OpenSSL's message; about names it has the name that was requested.
    reason = getattr(error, "verify_message", None) or "it cannot be verified"
    return CertificateError(f"the certificate of {whose} is not trusted: {reason}", hint=CERTIFICATE_HINT)


def _by_proxy(causes: list[BaseException], names: set[str], at: Circumstances, *, reached: bool) -> ProxyError:
    """Return the error for a proxy that failed or refused."""
    proxy = at.proxy
    place = "a proxy" if proxy is None else f"the proxy {proxy.place}"
    hint = None
    if proxy is not None:
        hint = f"It is set by {proxy.source}; NO_PROXY names hosts that need none. See {NETWORK_PAGE}"
    status = next((code for code in map(_proxy_status, causes) if code is not None), None)
    if status == 407:
        return proxy_wants_login(at)
    if status is not None:
        return _final(
            ProxyError(f"{place} refused to connect to {place_of(at.origin)} with status {status}", hint=hint)
        )
    if not reached:
        reason = _reason(causes) or f"no connection within {at.timeouts.connect:g} s"
        return ProxyError(f"cannot connect to {place}: {reason}", hint=hint)
    text = str(causes[0]) if "ProxyError" in names else ""
    if "username/password" in text.lower() or text.startswith("Requested "):
        return _final(ProxyError(f"{place} did not accept user name and password, or asks for them", hint=hint))
    for reply in SOCKS_REPLIES:
        if reply in text:
            return ProxyError(f"{place} did not connect to {place_of(at.origin)}: {reply.lower()}", hint=hint)
    if _is_timeout(names):
        return ProxyError(f"{place} did not connect to {place_of(at.origin)} in time", hint=hint)
    why = _reason(causes)
    if why is None and names & {"RemoteProtocolError", "ReadError", "ServerDisconnectedError"}:
        closed = "Server disconnected" in str(causes[0]) or "RemoteProtocolError" not in names
        why = "it closed the connection" if closed else "its response was not valid HTTP"
    return ProxyError(
        f"{place} did not connect to {place_of(at.origin)}: {why or 'its response was not valid'}", hint=hint
    )


def _proxy_status(error: BaseException) -> int | None:
    """Return the status of a proxy's response to CONNECT."""
    status: Any = getattr(error, "status", None)
    if type(error).__name__ == "ClientHttpProxyError" and isinstance(status, int):
        return status
    match = re.match(r"([1-5][0-9]{2})\b", str(error)) if type(error).__name__ == "ProxyError" else None
    return int(match[1]) if match else None


def _final(error: ProxyError) -> ProxyError:
    """Mark an error that does not go away by trying again."""
    error.retryable = False
    return error


def _stage_of(error: BaseException) -> Stage:
    """Guess how far a request through an injected transport has come: its exception must say that it was not sent."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ProxyError" in names:
        return Stage.PROXY
    unsent = {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "UnsupportedProtocol",
        "InvalidURL",
        "LocalProtocolError",
    }
    return Stage.HANDSHAKE if names & unsent else Stage.SENT


def _is_timeout(names: set[str]) -> bool:
    return "TimeoutError" in names or "TimeoutException" in names


def _reason(causes: list[BaseException]) -> str | None:
    """Return what the system or OpenSSL says; None if neither does."""
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "the name of the host cannot be resolved"
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return _tls_reason(cause)
        if isinstance(cause, OSError) and cause.errno is not None and cause.errno > 0:
            return os.strerror(cause.errno)
        if isinstance(cause, UnicodeError):
            return "the name of the host is not valid"
    return None


def _tls_reason(error: ssl.SSLError) -> str:
    name = _reason_code(error)
    words = name.lower().replace("_", " ") if re.fullmatch(r"[A-Z0-9_]+", name) else "failed"
    return f"TLS: {words}"


def _reason_code(error: ssl.SSLError) -> str:
    # Only errors that come from OpenSSL have one.
    return getattr(error, "reason", None) or ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those behind it, the members of groups too."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < CAUSES:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        if not isinstance(current, ssl.SSLWantReadError | ssl.SSLWantWriteError):  # these only ask for more data
            yield current
        if isinstance(current, BaseExceptionGroup):
            waiting += cast("BaseExceptionGroup[BaseException]", current).exceptions
        behind: list[Any] = [current.__cause__, None if current.__suppress_context__ else current.__context__]
        # aiohttp keeps the error of the system in attributes.
        behind += [getattr(cast("BaseException", current), name, None) for name in ("os_error", "certificate_error")]
        waiting += [cause for cause in behind if isinstance(cause, BaseException)]
