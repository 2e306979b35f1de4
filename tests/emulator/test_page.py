"""The page at `/_control/`: what it is made of, and how it looks in a headless Chromium where there is one."""

from __future__ import annotations

import html
import json
import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response

from anyqpu_emulator import page
from anyqpu_emulator.server import running

from .chromium import FOUND, VARIABLE, Chromium
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
    assert addresses == ["http://www.w3.org/2000/svg"], "the name of a namespace, which nobody fetches"
    assert not re.search(r"@import|url\(|importScripts|WebSocket|sendBeacon", PAGE)


def test_what_it_shows_only_becomes_text() -> None:
    script = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)[0]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|DOMParser|srcdoc", script
    )


def test_its_headers_let_only_its_own_script_run() -> None:
    answer = page.response()
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"].count("'sha256-") == PAGE.count("<script>") == 1
    assert "unsafe" not in answer.headers["content-security-policy"]
    with running() as url:
        for path in ("/_control/", "/_control"):
            served = httpx.get(url + path)
            assert (served.status_code, served.text) == (200, PAGE)
            assert served.headers["x-content-type-options"] == "nosniff"
            assert served.headers["cache-control"] == "no-store"


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


@pytest.fixture
def chromium(tmp_path: Path) -> Chromium:
    if FOUND is None:
        pytest.skip(f"there is no Chromium on the PATH; install one, or name it in {VARIABLE}")
    return Chromium(tmp_path)


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


def test_it_shows_what_there_is(chromium: Chromium, address: str) -> None:
    dom = chromium.dom(f"{address}/_control/", 1280)
    text = html.unescape(re.sub(r"<[^>]*>", " ", dom.split("<script>")[0]))
    for words in (
        "bell & co", "COMPLETED", "PENDING (held)", "kipu.sim.qsim", "1 waiting, 0 running", "1000 shots", "503",
        "getBackends", "Fault: #2 503", "Fault: #1 stuck", "fired 1 of 1, spent", "ibm.qpu.fez", "speed instant",
        "Aspen-9", "<b>nosuch</b>",
    ):  # fmt: skip
        assert words in text, words
    assert "does not answer" not in text
    reader = read(dom)
    bars = [float(values["width"] or 0) for tag, values in reader.elements if values.get("class") == "bar"]
    assert len(bars) == 2
    assert any(values.get("aria-label", "").startswith("Counts: ") for _, values in reader.elements if values)  # type: ignore[union-attr]


def test_names_of_jobs_stay_text(chromium: Chromium, address: str) -> None:
    dom = chromium.dom(f"{address}/_control/", 1280)
    reader = read(dom)
    assert "<title>anyqpu emulator</title>" in dom
    assert not [tag for tag, _ in reader.elements if tag in ("img", "b")]
    assert [tag for tag, _ in reader.elements].count("script") == 1
    assert html.escape(EVIL, quote=False) in dom


@pytest.mark.parametrize("screen", [("phone", 390, 1), ("tablet", 768, 2), ("desktop", 1280, 2)], ids=str)
def test_it_fits_the_screen(
    chromium: Chromium, address: str, monkeypatch: pytest.MonkeyPatch, screen: tuple[str, int, int]
) -> None:
    """With a script of the test's in it that measures; without it, a picture is taken to be looked at.

    In a frame, since windows of headless browsers are not always as narrow as they are told to be.
    """
    name, width, columns = screen
    frame = f'<title></title><iframe src="?inner" width="{width}" height="1500" style="border:0"></iframe>'
    measure = """<script>setTimeout(() => { parent.document.title = JSON.stringify({
      inner: innerWidth, scroll: document.documentElement.scrollWidth,
      columns: new Set([...document.querySelectorAll("section")].map((each) => each.offsetLeft)).size,
      small: [...document.querySelectorAll("button")].filter((each) => each.offsetHeight < 40).length,
    }); }, 3000)</script></body>"""
    served = iter([frame, PAGE.replace("</body>", measure)])
    with monkeypatch.context() as patch:
        patch.setattr(page, "response", lambda: Response(next(served), media_type="text/html"))
        dom = chromium.dom(f"{address}/_control/", 1400)
    found = json.loads(html.unescape(re.findall(r"<title>(.*?)</title>", dom)[0]))
    assert found == {"inner": width, "scroll": width, "columns": columns, "small": 0}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        file = PICTURES / f"{name}{'-dark' if dark else ''}.png"
        chromium.screenshot(f"{address}/_control/", file, width, dark=dark)
        content = file.read_bytes()
        assert struct.unpack(">I", content[16:20])[0] == width
        # A blank page compresses to almost nothing.
        assert len(content) > 20_000
