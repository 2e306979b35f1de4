"""The page at `/_control/`: its content, and its layout in a headless Chromium if there is one."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from anyqpu_emulator import Emulator, page
from anyqpu_emulator.server import running
from tests.support.inside import forget_page

from .chromium import FOUND, NODE, inspect
from .conftest import BELL, qasm_job

PAGE = (files("anyqpu_emulator") / "page.html").read_text(encoding="utf-8")
EVIL = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
PICTURES = Path(__file__).parents[2] / "build" / "page"
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
        assert values.get("href", "data:,") == "data:,"
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
    assert _contrast(colours["bar"], colours["card"]) >= 3


# In a browser

SCREENS = [("phone", 390, 844, 1), ("small phone", 320, 640, 1), ("tablet", 768, 1024, 2), ("desktop", 1280, 1400, 2)]
READY = "document.querySelector('#requests .fault') !== null && document.querySelector('.bar') !== null"
EXPRESSION = """({
  title: document.title, text: document.body.innerText, html: document.documentElement.outerHTML,
  width: innerWidth, scroll: document.documentElement.scrollWidth,
  columns: new Set([...document.querySelectorAll("section")].map((each) => each.offsetLeft)).size,
  small: [...document.querySelectorAll("button")].filter((each) => each.offsetHeight < 40).length,
  paper: getComputedStyle(document.body).backgroundColor,
  bars: [...document.querySelectorAll(".bar")].map((each) => each.getBoundingClientRect().width),
  labels: [...document.querySelectorAll("svg")].map((each) => each.getAttribute("aria-label")),
})"""


@pytest.fixture
def address() -> Iterator[str]:
    """A server on which something has happened: a job with counts, a stuck one with an evil name, faults."""
    with running(seed=3) as url, httpx.Client(base_url=url, headers={"x-auth-token": "t"}) as client:
        job = client.post("/kipu/quantum/jobs", json=qasm_job(BELL, shots=1000, name="bell & co")).json()["id"]
        while client.get(f"/kipu/quantum/jobs/{job}/status").json()["status"] != "COMPLETED":
            pass
        client.post("/_control/faults", json={"operation": "createJob", "stuck": True, "count": 1})
        client.post("/_control/faults", json={"operation": "getBackends", "status": 503, "message": EVIL})
        client.post("/kipu/quantum/jobs", json=qasm_job(BELL, name=EVIL, tags=[EVIL]))
        client.post("/kipu/quantum/sessions", json={"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"})
        client.get("/kipu/quantum/backends")
        client.get("/kipu/quantum/<b>nosuch</b>")
        yield url


@pytest.mark.skipif(FOUND is None or NODE is None, reason="there is no Chromium; see `python -m tests.support.browser`")
def test_it_is_looked_at_in_a_browser(address: str, tmp_path: Path) -> None:
    """On four screens, light and dark; the pictures are below `build/page`, for people."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    views = [
        {"width": width, "height": height, "dark": dark, "picture": str(PICTURES / f"{name}{'-dark' * dark}.png")}
        for name, width, height, _ in SCREENS
        for dark in (False, True)
    ]
    seen = inspect(f"{address}/_control/", views, ready=READY, expression=EXPRESSION, profile=tmp_path)
    assert len(seen) == len(views)
    for number, view in enumerate(seen):
        name, width, _, columns = SCREENS[number // 2]
        # As wide as the screen: nothing has to be moved sideways to be read.
        assert (view["width"], view["scroll"], view["columns"], view["small"]) == (width, width, columns, 0), name
        assert view["paper"] == ("rgb(16, 22, 29)" if number % 2 else "rgb(246, 247, 249)")
        for words in (
            "bell & co", "COMPLETED", "PENDING (held)", "kipu.sim.qsim", "1 waiting, 0 running", "1000 shots", "503",
            "getBackends", "Fault: #2 503", "Fault: #1 stuck", "fired 1 of 1, spent", "ibm.qpu.fez", "speed instant",
            "Aspen-9", "<b>nosuch</b>", EVIL,
        ):  # fmt: skip
            assert words in view["text"], words
        assert "does not respond" not in view["text"]
        assert view["title"] == "anyqpu emulator"
        assert len(view["bars"]) == 2
        assert all(bar > 50 for bar in view["bars"])
        assert [label.startswith("Counts: ") for label in view["labels"]] == [True]
        elements = [tag for tag, _ in read(view["html"]).elements]
        assert elements.count("script") == 1
        assert not {"img", "b"} & set(elements)
        picture = Path(views[number]["picture"]).read_bytes()
        assert struct.unpack(">I", picture[16:20])[0] == width
        # A blank page compresses to almost nothing.
        assert len(picture) > 10_000
