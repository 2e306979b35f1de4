"""A built site in a headless Chromium: how wide its pages are on a phone, and what its copy buttons copy."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.emulator.chromium import inspect

PHONE = {"width": 360, "height": 740}
# Each page in a frame as wide as a phone, since opening one after another takes a multiple of the time.
_WORK = """
async () => {
  const wide = {}, copied = {};
  for (const path of PAGES) {
    const frame = document.createElement("iframe");
    frame.style.cssText = "width: 360px; height: 740px; border: 0";
    frame.src = `/${path}`;
    await new Promise((loaded) => { frame.onload = loaded; document.body.append(frame); });
    const page = frame.contentDocument;
    const width = page.documentElement.scrollWidth;
    if (width > 360) wide[path] = width;
    // The buttons are made when a page is shown.
    const blocks = page.querySelectorAll(".language-console");
    while (page.querySelectorAll(".language-console .md-code__button").length < blocks.length)
      await new Promise((later) => setTimeout(later, 10));
    // A page that no person clicks in may not write to the clipboard: take the text on its way there.
    const texts = copied[path] = [];
    page.execCommand = () => texts.push(page.querySelector("textarea[readonly]").value);
    for (const button of page.querySelectorAll(".language-console .md-code__button")) button.click();
    frame.remove();
  }
  return { wide, copied };
}
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: a browser leaves a page before all of it has come."""


@contextmanager
def _served(folder: Path) -> Generator[str]:
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Seen:
    """Pages as a browser shows them.

    Attributes:
        wide: The widths in pixels of the pages that are wider than a phone.
        copied: What the copy buttons of commands copy, by page.
    """

    wide: dict[str, int]
    copied: dict[str, list[str]]


def on_a_phone(site: Path, pages: list[str], *, profile: Path) -> Seen:
    """Open the pages on a phone of 360 pixels, and press their copy buttons."""
    work = _WORK.replace("PAGES", json.dumps(pages))
    begin = f"window.done = null, window.working = ({work})().then((value) => {{ window.done = value; }})"
    with _served(site) as address:
        view = {"name": "phone", **PHONE, "dark": False, "picture": str(profile / "phone.png")}
        (seen,) = inspect(
            f"{address}/404.html",
            [view],
            ready=f"document.body && (window.working ? window.done !== null : ({begin}, false))",
            expression="window.done",
            profile=profile,
        )
    return Seen(**seen)
