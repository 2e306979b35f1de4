"""The page at `/_control/`: one self-contained document, with headers that forbid other sources."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from starlette.responses import Response

_SCRIPTS = ("elements.js", "jobs.js", "faults.js", "views.js", "page.js")


@cache
def _content() -> tuple[bytes, dict[str, str]]:
    folder = files("anyqpu_emulator.page")
    html, style, *scripts = (
        (folder / name).read_text(encoding="utf-8") for name in ("page.html", "page.css", *_SCRIPTS)
    )
    script = "".join(scripts)
    text = html.replace("<style></style>", f"<style>{style}</style>")
    text = text.replace("<script></script>", f"<script>{script}</script>")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text.encode(), {"content-security-policy": policy, "referrer-policy": "no-referrer"}


def response() -> Response:
    """Return the page. Its policy allows only its own script and requests to this server."""
    content, headers = _content()
    return Response(content, headers=headers, media_type="text/html; charset=utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
