"""A headless Chromium, driven through a small program in Node.js that comes with the development tools."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import browser

SCRIPT = Path(__file__).parent / "chromium.mjs"
# Looked for when the module is loaded: tests run in an environment without the package's variables.
FOUND, NODE = browser.find(), browser.node()
_SECONDS = 240
_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
# Where to click; nothing while something else covers the element.
_MIDDLE = """(element) => {
  element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const middle = [x + width / 2, y + height / 2];
  return element.contains(document.elementFromPoint(...middle)) ? middle : null;
}"""
_CHOICE = """(element) => {
  const option = [...element.options].find((each) => each.label === LABEL);
  if (!option) return false;
  element.value = option.value;
  for (const kind of ["input", "change"]) element.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}"""


class Chromium:
    """A running browser."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """`process` passes commands on."""
        self._process = process

    def send(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Return the result of a command of the DevTools protocol."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"method": method, "params": params, "session": session}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the browser ended"
        response = json.loads(line)
        assert "error" not in response, f"{method}: {response['error']}"
        result: dict[str, Any] = response["result"]
        return result

    @contextmanager
    def page(self, url: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> Generator[Page]:
        """Open a page in a tab of its own; one of less than 600 pixels is on a phone."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        page.send("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.send("Emulation.setEmulatedMedia", features=[scheme])
        page.send("Page.navigate", url=url)
        try:
            yield page
        finally:
            self.send("Target.closeTarget", targetId=target)


class Page:
    """A tab. Elements are named by CSS selectors or by their texts."""

    def __init__(self, chromium: Chromium, session: str) -> None:
        """`session` is the tab's."""
        self._chromium, self._session = chromium, session

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the result of a command for this tab."""
        return self._chromium.send(method, self._session, **params)

    def value(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, or of its promise."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"].get("exception", {}).get("description")
        return result["result"].get("value")

    def wait(self, expression: str, seconds: float = 30.0) -> Any:
        """Wait until an expression is true; its value."""
        end = time.monotonic() + seconds
        while not (value := self.value(expression)):
            assert time.monotonic() < end, f"{expression}\nin\n{self.value('document.body.innerText')}"
            time.sleep(0.03)
        return value

    def wait_for_text(self, text: str, selector: str = "body") -> None:
        """Wait until a visible element has a text."""
        self.wait(f"[...document.querySelectorAll({selector!r})].some((e) => e.innerText.includes({json.dumps(text)}))")

    def click(self, selector: str, text: str = "") -> None:
        """Click in the middle of the first visible element with a text, as a mouse does."""
        x, y = self._call(_MIDDLE, selector, text)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Replace the text of a field."""
        self._call("(element) => { element.focus(); element.select(); return true; }", selector)
        self.send("Input.insertText", text=text)
        if not text:
            self.value("document.execCommand('delete')")

    def choose(self, selector: str, label: str) -> None:
        """Choose an entry of a menu by its label."""
        self._call(_CHOICE.replace("LABEL", json.dumps(label)), selector)

    def press(self, key: str) -> None:
        """Press a key: Tab, Enter, Escape or a space."""
        text = {"Enter": "\r", " ": " "}.get(key, "")
        pressed = {"type": "keyDown" if text else "rawKeyDown", "text": text}
        for kind in (pressed, {"type": "keyUp"}):
            self.send("Input.dispatchKeyEvent", key=key, windowsVirtualKeyCode=_KEYS[key], **kind)

    def picture(self) -> bytes:
        """Return what is seen as a PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"])

    def _call(self, function: str, selector: str, text: str = "") -> Any:
        """Call a function with the first visible element with a text, until it returns something true."""
        return self.wait(
            f"(() => {{ const element = [...document.querySelectorAll({json.dumps(selector)})].find((each) =>"
            f"each.checkVisibility() && each.textContent.includes({json.dumps(text)}));"
            f"return element ? ({function})(element) : null; }})()"
        )


@contextmanager
def chromium(profile: Path) -> Generator[Chromium]:
    """Start the browser, which keeps its files in `profile`."""
    assert FOUND is not None
    start = {"chromium": FOUND.path, "profile": str(profile), "seconds": _SECONDS}
    process = subprocess.Popen(
        [str(NODE), str(SCRIPT)], env={**os.environ, **FOUND.environment}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(start) + "\n")
        # Leaving the block closes the input, with which the program ends.
        yield Chromium(process)
        process.stdin.close()


def inspect(
    url: str, views: list[dict[str, Any]], *, ready: str, expression: str, profile: Path
) -> list[dict[str, Any]]:
    """What an expression of JavaScript gives at each view, once `ready` is true there; takes pictures, too."""
    pages: list[dict[str, Any]] = []
    with chromium(profile) as running:
        for view in views:
            size = {name: view[name] for name in ("width", "height", "dark")}
            with running.page(url, **size) as page:
                page.wait(ready, _SECONDS)
                pages.append(page.value(expression))
                Path(view["picture"]).write_bytes(page.picture())
    return pages
