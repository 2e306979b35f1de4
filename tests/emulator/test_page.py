"""The page at `/_control/`: its content and headers. `test_page_in_a_browser.py` uses it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from anyqpu_emulator import Emulator, page
from anyqpu_emulator.server import running
from tests.support.inside import forget_page

PAGE = bytes(page.response().body).decode()
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Reader(HTMLParser):
    """Elements in order, with what is wrong about how they are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def test_it_is_well_formed_and_accessible() -> None:
    reader = read(PAGE)
    assert (reader.wrong, reader.open) == ([], [])
    attributes = [values for _, values in reader.elements]
    ids = [values["id"] for values in attributes if "id" in values]
    assert len(ids) == len(set(ids))
    named = [values[name] for values in attributes for name in ("aria-labelledby", "aria-controls") if name in values]
    assert named
    assert set(named) <= set(ids)
    assert ("html", {"lang": "en"}) in reader.elements
    assert any(values.get("name") == "viewport" for values in attributes)
    assert [tag for tag, _ in reader.elements if tag in ("h1", "main", "title")] == ["title", "h1", "main"]


def test_it_holds_everything_itself() -> None:
    reader = read(PAGE)
    for tag, values in reader.elements:
        assert not {"src", "style"} & set(values), tag
        assert not [name for name in values if name.startswith("on")], tag
        assert (values.get("href") or "#").startswith("#") or (tag, values["href"]) == ("link", "data:,")
    addresses = re.findall(r"(?:https?:)?//[a-z][^\s\"')]*", re.sub(r"^\s*//.*$", "", PAGE, flags=re.MULTILINE))
    assert addresses == ["http://www.w3.org/2000/svg"], "the name of a namespace, which is never fetched"
    assert not re.search(r"@import|url\(|importScripts|WebSocket|sendBeacon", PAGE)


def test_what_it_shows_only_becomes_text() -> None:
    script = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)[0]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|DOMParser|srcdoc", script
    )


def test_its_headers_let_only_its_own_script_run() -> None:
    response = page.response()
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"].count("'sha256-") == PAGE.count("<script>") == 1
    assert "unsafe" not in response.headers["content-security-policy"]
    with running() as url:
        for path in ("/_control/", "/_control"):
            served = httpx.get(url + path)
            assert (served.status_code, served.text) == (200, PAGE)
            assert served.headers["x-content-type-options"] == "nosniff"
            assert served.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_it_is_read_without_holding_the_event_loop(emulator: Emulator) -> None:
    """Also for the first request; `nothing_blocks` checks it."""
    forget_page()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as client:
        assert (await client.get("/_control/")).text == PAGE


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(theme: int) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", PAGE, re.DOTALL)[theme]))
    for ink in ("ink", "soft", "good", "bad", "busy", "fault"):
        for paper in ("card", "paper"):
            assert _contrast(colours[ink], colours[paper]) >= 4.5, f"{ink} on {paper}"
    # Text on buttons that are pressed, on the message and on the number of faults.
    assert all(_contrast(colours["card"], colours[paper]) >= 4.5 for paper in ("bar", "ink", "bad", "fault"))
    assert _contrast(colours["edge"], colours["card"]) >= 3, "edges of fields"
