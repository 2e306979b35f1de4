"""Proxies, as curl and requests find them: an argument, environment variables, or the system's settings."""

from __future__ import annotations

import ipaddress
import os
import re
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from anyqpu.errors import ConfigError
from anyqpu.transport.addresses import Origin, authority, host_name, is_loopback

# `socks` is what GNOME and other desktops write for SOCKS 5. Host names are resolved by the proxy in each case.
SCHEMES = {"http": "http", "https": "https", "socks": "socks5", "socks5": "socks5", "socks5h": "socks5"}
DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080}
ARGUMENT = "option proxy"
SYSTEM = "the system's proxy settings"
HINT = "It looks like http://proxy.example.com:3128"


@dataclass(slots=True, eq=False)
class Proxy:
    """A proxy, and where it was set. Its text form shows no credentials."""

    scheme: str
    host: str
    port: int
    source: str
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def place(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL, without credentials."""
        return f"{self.scheme}://{self.place}"

    @property
    def credentials(self) -> tuple[bytes, bytes] | None:
        """User name and password as they are sent."""
        if self.username is None:
            return None
        return self.username.encode(), (self.password or "").encode()

    @property
    def authorization(self) -> str | None:
        """The value of `Proxy-Authorization`."""
        pair = self.credentials
        return None if pair is None else f"Basic {b64encode(b':'.join(pair)).decode()}"


def parse_proxy(value: str, source: str) -> Proxy | None:
    """Return the proxy that a value names; None for a blank.

    Args:
        source: Where the value was found, for errors. The value is not shown: it may hold a password.

    Raises:
        ConfigError: The value is not the address of a proxy.
    """
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigError(f"{source}: the address of a proxy is a text", hint=HINT)
    text = value.strip()
    if not text:
        return None
    if "://" not in text:
        text = f"http://{text}"
    try:
        if not text.isprintable() or " " in text or "\\" in text:
            raise ValueError
        parts = urlsplit(text)
        host, port = host_name(parts.hostname or ""), parts.port
        username = None if parts.username is None else unquote(parts.username, errors="strict")
        password = None if parts.password is None else unquote(parts.password, errors="strict")
        for part in (username, password):
            (part or "").encode()
    except ValueError:
        host, port, parts, username, password = None, None, urlsplit(""), None, None
    if host is None or port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ConfigError(f"{source}: not a valid address of a proxy", hint=HINT)
    scheme = SCHEMES.get(parts.scheme)
    if scheme is None:
        raise ConfigError(f"{source}: unsupported kind of proxy", hint=f"Use one of {', '.join(SCHEMES)}")
    return Proxy(scheme, host, port or DEFAULT_PORTS[scheme], source, username, password)


def proxy_for(origin: Origin, environ: Mapping[str, str] | None = None) -> Proxy | None:
    """Return the proxy that environment or system name for an origin; None to connect directly.

    `HTTPS_PROXY` or `HTTP_PROXY` come before `ALL_PROXY`, lower case before upper case, and `NO_PROXY` names the hosts
    that need none. This machine is never reached through a proxy.

    Raises:
        ConfigError: The variable that counts does not hold the address of a proxy.
    """
    scheme, host, port = origin
    if is_loopback(host):
        return None
    environ = os.environ if environ is None else environ
    for key in (scheme, "all"):
        for name in (f"{key}_proxy", f"{key}_proxy".upper()):
            # A web server sets HTTP_PROXY from the header `Proxy` of a request (CGI), so any client could set it.
            if name == "HTTP_PROXY" and "REQUEST_METHOD" in environ:
                continue
            proxy = parse_proxy(environ.get(name, ""), name)
            if proxy is not None:
                return None if _needs_none(host, port or _usual_port(scheme), environ) else proxy
    return _of_system(scheme, host)


def _of_system(scheme: str, host: str) -> Proxy | None:
    """Return the proxy of the settings of Windows or macOS."""
    if sys.platform not in ("win32", "darwin"):
        return None
    value = urllib.request.getproxies().get(scheme)
    return None if value is None or urllib.request.proxy_bypass(host) else parse_proxy(value, SYSTEM)


def _usual_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _needs_none(host: str, port: int, environ: Mapping[str, str]) -> bool:
    text = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    return any(_matches(entry.lower(), host.rstrip("."), port) for entry in re.split(r"[\s,]+", text) if entry)


def _matches(entry: str, host: str, port: int) -> bool:
    """Whether an entry of `NO_PROXY` names a host: `*`, a domain, an address or a network, with or without a port."""
    if entry == "*":
        return True
    address = _address(host)
    if "/" in entry:
        try:
            network = ipaddress.ip_network(entry, strict=False)
        except ValueError:
            return False
        return address is not None and address in network
    if _address(entry) is None:
        name, colon, number = entry.rpartition(":")
        if colon:
            if number != str(port):
                return False
            entry = name
    if address is not None:
        return _address(entry) == address
    domain = entry.removeprefix("*").removeprefix(".").rstrip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def place_of(origin: Origin) -> str:
    """Return host and port of an origin as they are shown."""
    scheme, host, port = origin
    return authority(scheme, host, port)
