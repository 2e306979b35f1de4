"""URLs: base URLs are checked and normalised, links and redirects are allowed or refused."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from anyqpu.errors import ConfigError, printable

if TYPE_CHECKING:
    from anyqpu.transport.http import HttpResponse

Origin = tuple[str, str, int | None]
"""Scheme, host in lower case, and port; None for the scheme's own port."""

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BASE_URL_HINT = "It looks like https://api.example.com"
# RFC 1123, and the underscore that internal names often have.
HOST_NAME = re.compile(r"(?!.{254})[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
SHOWN_CHARACTERS = 200


class HiddenUrl(str):
    """A URL that may be a credential, as download links are: its `repr` shows no query."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(public_part(self))


def public_part(url: str) -> str:
    """Return a URL without user name, password, query and fragment, as plain text."""
    text = re.split(r"[?#]", url[:], maxsplit=1)[0]
    head, slashes, rest = text.partition("//")
    if not slashes:
        return text.rpartition("@")[2]
    authority, slash, path = rest.partition("/")
    return f"{head}//{authority.rpartition('@')[2]}{slash}{path}"


def checked_base(base_url: str) -> str:
    """Return a base URL in normal form: lower-case host, no default port, no slash at the end.

    Raises:
        ConfigError: It is not a URL, holds credentials, or is not encrypted and does not lead to this machine.
    """
    parts = _split(base_url)
    if parts is not None and (parts.username is not None or parts.password is not None):
        raise ConfigError("a base URL must not hold credentials, query or fragment")
    host = None if parts is None else host_name(parts.hostname or "")
    if parts is None or host is None:
        shown = base_url if isinstance(base_url, str) else type(base_url).__name__  # pyright: ignore[reportUnnecessaryIsInstance]
        # What is wrong with it may be the place of a password or a token.
        where = "" if re.search(r"[@?#]", shown) else f" {printable(repr(shown[:SHOWN_CHARACTERS]))}"
        raise ConfigError(f"invalid base URL{where}", hint=BASE_URL_HINT)
    if parts.query or parts.fragment:
        raise ConfigError("a base URL must not hold credentials, query or fragment")
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigError(
            f"base URL {printable(repr(base_url[:SHOWN_CHARACTERS]))} is not encrypted",
            hint="Use https; http is for this machine only (127.0.0.1)",
        )
    return f"{parts.scheme}://{authority(parts.scheme, host, parts.port)}{parts.path.rstrip('/')}"


def host_name(host: str) -> str | None:
    """Return a host as it is sent: an IP address, or a name in lower case and ASCII; None if it is not a host.

    An IPv6 address comes and goes without brackets.
    """
    name = host.lower()
    if not name.isascii():
        try:
            # Digits of other scripts become those of ASCII, of which the check below is.
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if ":" in name or name.replace(".", "").isdecimal():
        try:
            return str(ipaddress.ip_address(name))
        except ValueError:
            return None
    return name if HOST_NAME.fullmatch(name) else None


def authority(scheme: str, host: str, port: int | None) -> str:
    """Return `host:port` as it stands in a URL; the scheme's own port is left out."""
    name = f"[{host}]" if ":" in host else host
    return name if port in (None, PORTS.get(scheme)) else f"{name}:{port}"


def origin_of(url: str) -> Origin:
    """Return the origin of a URL. Raises `ConfigError` if it has none."""
    # What follows is cut off first, so that the URLs of one origin are parsed once.
    end = url.find("/", len("https://"))
    return _origin_of(url if end < 0 else url[:end])


@lru_cache(256)
def _origin_of(url: str) -> Origin:
    parts = _split(url)
    if parts is None:
        raise ConfigError("invalid URL", hint=BASE_URL_HINT)
    port = parts.port
    return parts.scheme, (parts.hostname or "").lower(), None if port == PORTS[parts.scheme] else port


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http or https URL with a host and a possible port; None for all else."""
    if not isinstance(url, str) or not url.isprintable():  # pyright: ignore[reportUnnecessaryIsInstance]
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
        # Programs disagree on which host such a URL names.
        fine = fine and " " not in parts.netloc and "\\" not in url
    except ValueError:
        return None
    return parts if fine else None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: `localhost`, a name below it, or a loopback address."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def is_private(url: str) -> bool:
    """Whether others cannot read what is sent to a URL: it is https, or leads to this machine."""
    parts = _split(url)
    return parts is not None and (parts.scheme == "https" or is_loopback(parts.hostname or ""))


def link_allowed(link: str, base_url: str) -> bool:
    """Whether a download link may be followed that a cloud at `base_url` gave.

    Links are https. Only a cloud on this machine that speaks http itself, an emulator, may name http on this machine.
    """
    parts = _split(link)
    if parts is None or parts.username is not None or parts.password is not None:
        return False
    return parts.scheme == "https" or (base_url.startswith("http://") and is_loopback(parts.hostname or ""))


class RedirectTarget(NamedTuple):
    """The URL of the next request."""

    url: HiddenUrl
    same_origin: bool


def is_redirect(method: str, response: HttpResponse) -> bool:
    """Whether to follow a response. Only GET and HEAD are sent again."""
    return method in {"GET", "HEAD"} and response.status_code in REDIRECTS


def redirect_target(url: str, response: HttpResponse) -> RedirectTarget | None:
    """Return the target in `Location`; None without one that may be followed."""
    location = response.headers.get("location")
    if not location:
        return None
    try:
        target = HiddenUrl(urljoin(url, location))
        if not link_allowed(target, url):
            return None
        return RedirectTarget(target, origin_of(url) == origin_of(target))
    except (ValueError, ConfigError):
        return None
