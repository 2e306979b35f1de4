"""Which addresses may be asked, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from anyqpu.errors import ConfigError
from anyqpu.transport.http import HttpResponse


class HiddenUrl(str):
    """An address that may be a credential, as download links are: its `repr` shows no query."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(self.partition("?")[0])


REDIRECTS = frozenset({301, 302, 303, 307, 308})


def checked_base(base_url: str) -> str:
    """A base URL without its last slash; raises `ConfigError` for one that would show credentials on the wire."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise ConfigError(
            f"base URL {base_url!r} is no address", hint="It looks like https://api.example.com"
        ) from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfigError(f"base URL {base_url!r} is no address", hint="It looks like https://api.example.com")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("a base URL holds no credentials, query or fragment")
    if not is_private(base_url):
        raise ConfigError(
            f"base URL {base_url!r} is not encrypted", hint="Use https; http is for this machine only (127.0.0.1)"
        )
    return base_url.rstrip("/")


def is_private(url: str) -> bool:
    """Whether nobody can listen on the way: https, or an address of this machine."""
    parts = urlsplit(url)
    if parts.scheme != "http":
        return parts.scheme == "https"
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class RedirectTarget:
    """Where to go on."""

    url: str = field(repr=False)
    same_origin: bool


def is_redirect(method: str, response: HttpResponse) -> bool:
    """Whether to follow: only what reads, since anything else would be sent twice."""
    return method in {"GET", "HEAD"} and response.status_code in REDIRECTS


def redirect_target(url: str, response: HttpResponse) -> RedirectTarget | None:
    """The address in `Location`; None if there is none that may be asked."""
    location = response.headers.get("location")
    if not location:
        return None
    try:
        target = HiddenUrl(urljoin(url, location))
        old, new = urlsplit(url), urlsplit(target)
        same = (old.scheme, old.hostname, old.port) == (new.scheme, new.hostname, new.port)
    except ValueError:
        return None
    if not is_private(target) or (old.scheme == "https" and new.scheme != "https"):
        return None
    return RedirectTarget(target, same)
