"""The page at `/_control/`: one self-contained file, with headers that forbid other sources."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from starlette.responses import Response


@cache
def _content() -> tuple[bytes, dict[str, str]]:
    text = (files("anyqpu_emulator") / "page.html").read_text(encoding="utf-8")
    script, style = (_hash(re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)) for tag in ("script", "style"))
    policy = (
        f"default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text.encode(), {"content-security-policy": policy, "referrer-policy": "no-referrer"}


def response() -> Response:
    """Return the page. Its policy allows only its own script and requests to this server."""
    content, headers = _content()
    return Response(content, headers=headers, media_type="text/html; charset=utf-8")


def _hash(parts: list[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts)
