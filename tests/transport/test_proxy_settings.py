"""Proxies in the environment: which variable counts, what it may hold, and which hosts need none.

The expected values for `NO_PROXY` are those of curl 8 (`man curl`, "ENVIRONMENT") and of requests.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import anyqpu
from anyqpu import errors
from anyqpu.errors import ConfigError
from anyqpu.transport.proxies import parse_proxy, proxy_for

CLOUD = ("https", "api.example.com", None)


@pytest.mark.parametrize(
    ("value", "scheme", "place"),
    [
        ("http://proxy:3128", "http", "proxy:3128"),
        ("http://proxy:3128/", "http", "proxy:3128"),
        (" http://proxy ", "http", "proxy:80"),
        ("proxy:3128", "http", "proxy:3128"),
        ("proxy", "http", "proxy:80"),
        ("10.1.2.3:8080", "http", "10.1.2.3:8080"),
        ("http://[::1]:3128", "http", "[::1]:3128"),
        ("HTTPS://Proxy.Example", "https", "proxy.example:443"),
        ("socks://proxy:1081/", "socks5", "proxy:1081"),
        ("socks5://proxy", "socks5", "proxy:1080"),
        ("socks5h://proxy", "socks5", "proxy:1080"),
    ],
)
def test_the_usual_ways_to_write_a_proxy(value: str, scheme: str, place: str) -> None:
    proxy = parse_proxy(value, "HTTPS_PROXY")
    assert proxy is not None
    assert (proxy.scheme, proxy.place, proxy.credentials) == (scheme, place, None)


def test_credentials_are_decoded_and_in_no_text() -> None:
    proxy = parse_proxy("http://us%40er:p%3Canary%2f@proxy:3128", "HTTPS_PROXY")
    assert proxy is not None
    assert proxy.credentials == (b"us@er", b"p<anary/")
    assert proxy.authorization == "Basic dXNAZXI6cDxhbmFyeS8="  # printf 'us@er:p<anary/' | base64
    assert "anary" not in f"{proxy!r} {proxy.url} {proxy.place}"
    bare = parse_proxy("user:@proxy", "HTTPS_PROXY")
    assert bare is not None
    assert bare.credentials == (b"user", b"")


@pytest.mark.parametrize(
    "value",
    [
        *("http://proxy:99999", "http://proxy:0", "http://proxy:x", "http://:3128", "http://", "://", "http:/proxy"),
        *("http://pro xy", "http://[::1", "http://[zz]:1", "http://proxy/path", "http://proxy?query", "http=a:1;b"),
        *("ftp://proxy", "socks4://proxy", "http://user:canary@proxy:99999", "http://-bad-:1", "a\x00b", "\ud800"),
        *("http://%ff:x@proxy", "http://" + "a" * 64, "http://1.2.3:8"),
    ],
)
def test_nonsense_is_an_error_that_names_the_variable_and_shows_no_value(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^HTTPS_PROXY: ") as caught:
        parse_proxy(value, "HTTPS_PROXY")
    assert "canary" not in str(caught.value)
    assert value not in str(caught.value).partition(". ")[0]


@given(st.text())
def test_any_text_is_a_proxy_or_a_config_error(value: str) -> None:
    try:
        proxy = parse_proxy(value, "HTTPS_PROXY")
    except ConfigError:
        return
    assert proxy is None or 0 < proxy.port < 65536


@pytest.mark.parametrize("value", ["", " ", "\t"])
def test_a_blank_variable_is_ignored(value: str) -> None:
    assert proxy_for(CLOUD, {"HTTPS_PROXY": value}) is None
    beside = proxy_for(CLOUD, {"HTTPS_PROXY": value, "ALL_PROXY": "all"})
    assert beside is not None
    assert beside.host == "all"


@pytest.mark.parametrize(
    ("environ", "host"),
    [
        ({"HTTPS_PROXY": "upper", "https_proxy": "lower"}, "lower"),
        ({"HTTPS_PROXY": "special", "ALL_PROXY": "general"}, "special"),
        ({"all_proxy": "general"}, "general"),
        ({"HTTP_PROXY": "other"}, None),
    ],
)
def test_which_variable_counts(environ: dict[str, str], host: str | None) -> None:
    proxy = proxy_for(CLOUD, environ)
    assert (proxy and proxy.host) == host


def test_http_proxy_of_a_cgi_program_is_a_header_of_its_caller() -> None:
    plain = ("http", "api.example.com", None)
    assert proxy_for(plain, {"HTTP_PROXY": "evil"}) is not None
    assert proxy_for(plain, {"HTTP_PROXY": "evil", "REQUEST_METHOD": "GET"}) is None
    lower = proxy_for(plain, {"http_proxy": "good", "REQUEST_METHOD": "GET"})
    assert lower is not None
    assert lower.host == "good"


@pytest.mark.parametrize(
    ("host", "no_proxy", "direct"),
    [
        ("api.example.com", "*", True),
        ("api.example.com", "example.com", True),
        ("api.example.com", ".example.com", True),
        ("api.example.com", "*.example.com", True),
        ("api.example.com", "API.Example.COM", True),
        ("api.example.com", "other.org, example.com", True),
        ("api.example.com", "other.org example.com", True),
        ("api.example.com", " , ,", False),
        ("example.com", ".example.com", True),
        ("notexample.com", "example.com", False),
        ("api.example.com", "pi.example.com", False),
        ("api.example.com", "api.example.com.", True),
        ("api.example.com", "api.example.com:443", True),
        ("api.example.com", "api.example.com:8443", False),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.3:443", True),
        ("10.1.2.3", "10.1.2.3:80", False),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("110.1.2.3", "10.1.2.3", False),
        ("api.example.com", "10.0.0.0/8", False),
        ("fd00::1", "[fd00::1]", True),
        ("fd00::1", "fd00:0::1", True),
        ("fd00::1", "[fd00::1]:443", True),
        ("fd00::1", "[fd00::1]:80", False),
        ("fd00::1", "fd00::/8", True),
        ("api.example.com", "10.0.0.0/99, [, ]:, :443, /", False),
    ],
)
def test_no_proxy(host: str, no_proxy: str, direct: bool) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        proxy = proxy_for(("https", host, None), {"HTTPS_PROXY": "proxy", name: no_proxy})
        assert (proxy is None) == direct


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "api.localhost", "127.0.0.1", "127.9.8.7", "::1", "::ffff:127.0.0.1"],
)
def test_this_machine_is_never_reached_through_a_proxy(host: str) -> None:
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY")
    for scheme in ("http", "https"):
        assert proxy_for((scheme, host, 8787), dict.fromkeys(names, "proxy")) is None


@pytest.mark.parametrize("value", ["http://user:canary@proxy:99999", "ftp://canary", 5, ["http://proxy"]])
def test_the_argument_is_checked_where_it_is_given(value: object) -> None:
    with pytest.raises(errors.ConfigError, match=r"^option proxy: ") as caught:
        anyqpu.connect("kipu", token="t", proxy=value)  # type: ignore[arg-type]
    assert "canary" not in str(caught.value)


def test_aiohttp_says_that_it_does_not_speak_socks() -> None:
    with pytest.raises(errors.ConfigError, match="aiohttp does not support SOCKS proxies"):
        anyqpu.connect("kipu", token="t", proxy="socks5://proxy", transport="aiohttp")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    with pytest.raises(errors.ConfigError, match=r"SOCKS proxies need the package socksio.*anyqpu\[socks\]"):
        anyqpu.connect("kipu", token="t", proxy="socks5://proxy")
