"""URLs: base URLs, download links and redirects, and what of them is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu.errors import ConfigError
from anyqpu.transport.addresses import HiddenUrl, checked_base, link_allowed, public_part, redirect_target
from anyqpu.transport.http import HttpResponse


@pytest.mark.parametrize(
    ("given_url", "normal"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://API.Example.com:443/v1/", "https://api.example.com/v1"),
        ("HTTPS://api.example.com:8443", "https://api.example.com:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8787/kipu", "http://[::1]:8787/kipu"),
        ("http://api.localhost:1", "http://api.localhost:1"),
        ("https://my_host/", "https://my_host"),
    ],
)
def test_a_base_url_in_normal_form(given_url: str, normal: str) -> None:
    assert checked_base(given_url) == normal


NONSENSE = [
    *("", " ", "api.example.com", "ftp://api.example.com", "https://", "https:///path", "https://[::1", "https://[zz]"),
    *(
        "https://a:99999",
        "https://a:0",
        "https://a:b",
        "https://a b",
        "https://a\nb",
        "https://a\x00",
        "https://\ud800",
    ),
    *("https://" + "a" * 64 + ".com", "https://.com", "https://a..b", "https://-a", "https://%41", "https://a\\b"),
    *("https://1.2.3", "https://999.1.1.1", "https://*.example.com", "https://\u2024", "javascript:alert(1)"),
]


@pytest.mark.parametrize("url", NONSENSE)
def test_nonsense_is_an_invalid_base_url(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^invalid base URL"):
        checked_base(url)


@pytest.mark.parametrize("url", [None, 5, b"https://api.example.com", ["https://api.example.com"]])
def test_what_is_not_a_text_is_an_invalid_base_url(url: object) -> None:
    with pytest.raises(ConfigError, match=r"^invalid base URL"):
        checked_base(url)  # type: ignore[arg-type]


@given(st.text() | st.text().map(lambda text: f"https://{text}"))
def test_any_text_is_a_base_url_or_a_config_error(url: str) -> None:
    try:
        base = checked_base(url)
    except ConfigError:
        return
    assert checked_base(base) == base


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://user:canary@api.example.com",
            "https://canary@api.example.com",
            "https://a:b?canary@[",
            "user:canary@x",
        ),
        *("https://api.example.com?token=canary", "https://api.example.com#canary", "https://user:canary@a:99999"),
    ],
)
def test_credentials_in_a_base_url_are_refused_and_not_shown(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        checked_base(url)
    assert "canary" not in str(caught.value)


def test_http_is_for_this_machine() -> None:
    for host in ("api.example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0", "128.0.0.1"):
        with pytest.raises(ConfigError, match="not encrypted"):
            checked_base(f"http://{host}")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://store.example/a?Signature=canary", "https://store.example/a"),
        ("https://store.example/a#canary", "https://store.example/a"),
        ("https://user:canary@store.example/a@b", "https://store.example/a@b"),
        ("https://store.example/a", "https://store.example/a"),
        ("", ""),
    ],
)
def test_the_text_form_of_a_link_shows_no_credentials(url: str, shown: str) -> None:
    assert public_part(url) == shown
    assert repr(HiddenUrl(url)) == repr(shown)


CLOUD, EMULATOR = "https://api.example.com/v1", "http://127.0.0.1:8787/kipu"


@pytest.mark.parametrize(
    ("link", "base", "allowed"),
    [
        ("https://store.example/a?s=1", CLOUD, True),
        ("https://store.example/a?s=1", EMULATOR, True),
        ("http://store.example/a", CLOUD, False),
        ("http://store.example/a", EMULATOR, False),
        ("http://127.0.0.3/a", CLOUD, False),
        ("http://127.0.0.3/a", EMULATOR, True),
        ("http://localhost/a", CLOUD, False),
        ("file:///etc/passwd", CLOUD, False),
        ("https://user:pass@store.example/a", CLOUD, False),
        ("https://[::1", CLOUD, False),
        ("", CLOUD, False),
    ],
)
def test_which_download_links_are_followed(link: str, base: str, allowed: bool) -> None:
    assert link_allowed(link, base) is allowed


@pytest.mark.parametrize(
    ("url", "location", "target", "same"),
    [
        ("https://api.example.com/a", "/b", "https://api.example.com/b", True),
        ("https://api.example.com/a", "https://api.example.com:443/b", "https://api.example.com:443/b", True),
        ("https://api.example.com:443/a", "https://API.example.com/b", "https://API.example.com/b", True),
        ("https://api.example.com/a", "https://api.example.com:8443/b", "https://api.example.com:8443/b", False),
        ("https://api.example.com/a", "//other.example/b", "https://other.example/b", False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1/b", "http://127.0.0.1/b", True),
        ("http://127.0.0.1:80/a", "https://127.0.0.1/b", "https://127.0.0.1/b", False),
        ("https://api.example.com/a", "http://api.example.com/b", None, False),
        ("https://api.example.com/a", "http://127.0.0.1/b", None, False),
        ("https://api.example.com/a", "https://user:pass@other.example/", None, False),
        ("https://api.example.com/a", "https://[", None, False),
        ("https://api.example.com/a", "https://a:99999/", None, False),
        ("https://api.example.com/a", "ftp://a/", None, False),
        ("https://api.example.com/a", "", None, False),
    ],
)
def test_where_redirects_lead(url: str, location: str, target: str | None, same: bool) -> None:
    redirect = redirect_target(url, HttpResponse(302, {"location": location}, b""))
    assert (None if redirect is None else str(redirect.url)) == target
    assert redirect is None or redirect.same_origin is same
