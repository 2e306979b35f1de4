"""Remove credentials from text that comes from servers: known ones, and what looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from itertools import takewhile
from typing import Any, cast

DEPTH_LIMIT = 40
HIDDEN = "***"
_WORDS = "token|secret|passw|passphrase|pwd|authorization|apikey|accesskey|privatekey|credential|cookie|signature"
_CREDENTIAL = rf"{_WORDS}|^auth$|^jwt$|^bearer$"
# They hold no credential, although they sound like it.
_HARMLESS = frozenset({"tokentype", "nextpagetoken", "pagetoken"})
# A field error says which field, and some repeat what was in it (pydantic's `input`, Spring's `rejectedValue`).
_NAMING = ("loc", "path", "field", "name", "argument_name", "key", "header", "property")
_ECHOES = frozenset({"value", "input", "rejectedvalue", "invalidvalue", "actual", "ctx"})

# Letters and digits of an identifier; credentials of known forms have other characters.
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,64}")
_KEY = r"(?:token|secret|passw\w{0,4}|authorization|api[_-]?key|credential|cookie|signature)[\w.-]{0,20}"


@cache
def _replacements() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    """Return what is replaced in a text, and by what, in order; most processes meet identifiers only, and compile none.

    Each pattern reads a text once, however it is made: all of this runs in the event loop.
    """
    return (
        (re.compile(r"""(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}:(?:\\?/){2})([^\s"'<>]*)"""), _plain_link),
        # "Basic authentication" and "bearer token" are words; what looks like one of those in their place is not
        # redacted.
        (
            re.compile(r"(?i:\b(bearer)\s+)(?!(?i:auth\w*|tokens?|schemes?|credentials?|realm)\b)[\w.~+/=-]{4,}"),
            rf"\1 {HIDDEN}",
        ),
        (re.compile(r"\b([Bb]asic)\s+(?=\S*[\d=]|\S*[a-z][A-Z])(?!realm=)[\w+/=-]{6,}"), rf"\1 {HIDDEN}"),
        (re.compile(r"(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){1,4}"), HIDDEN),
        (
            re.compile(
                rf"""({_KEY}\\?["']\s{{0,5}}:\s{{0,5}})(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,}}\]]+)""", re.IGNORECASE
            ),
            rf'\1"{HIDDEN}"',
        ),
        (re.compile(rf"""({_KEY}=)[^\s&;,"'<>]+""", re.IGNORECASE), rf"\1{HIDDEN}"),
        # `token: expired` is a sentence; `token: 4f1c0ffee0123456` is a token.
        (
            re.compile(rf"({_KEY}:\s{{0,3}})(?=[^\s\d]{{0,80}}\d)[\w.~+/=-]{{12,}}", re.IGNORECASE),
            rf"\1{HIDDEN}",
        ),
    )


def redact_text(text: str) -> str:
    """Return a text without what looks like a credential, and without the queries of links, which may be signatures."""
    # A JSON text may hold half a character, which no terminal or file takes.
    text = text.encode("utf-8", "replace").decode("utf-8")
    for pattern, replacement in _replacements():
        text = pattern.sub(replacement, text)
    return text


def shown(text: object, secrets: Collection[str] = (), limit: int = 200) -> str | None:
    """Return a text from a server as one line that is fit for logs, spans and hooks; None if nothing is left of it.

    Control characters become spaces, credentials `***`, and links lose their queries.

    Args:
        text: Anything; only a text gives a text.
        secrets: Texts that must not be shown even if the server repeats them, such as the token just sent.
        limit: Characters to keep; a longer text ends in an ellipsis.
    """
    if not isinstance(text, str):
        return None
    if len(text) <= limit and _PLAIN.fullmatch(text) and not any(secret in text for secret in secrets if secret):
        # Identifiers, which come with every response.
        return text
    # Twice what is kept, so that a credential across its end is still seen whole. Redacted twice: a control character
    # in the middle of a credential must not hide it.
    line = hide(redact_text(cut(text, 2 * limit, secrets)), secrets)
    line = " ".join("".join(character if character.isprintable() else " " for character in line).split())
    line = hide(redact_text(line), secrets)
    return (line if len(line) <= limit else f"{line[: limit - 1]}…") or None


def _plain_link(link: re.Match[str]) -> str:
    address, *query = re.split(r"[?#]", link[2], maxsplit=1)
    host, slash, path = address.partition("/")
    if "@" in host:
        host = f"{HIDDEN}@{host.rpartition('@')[2]}"
    return f"{link[1]}{host}{slash}{path}{'?…' if query else ''}"


def _is_credential(name: str) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return plain not in _HARMLESS and re.search(_CREDENTIAL, plain) is not None


class Redaction:
    """Makes a JSON value fit to be shown; stops soon after the limit."""

    def __init__(self, secrets: Collection[str], *, limit: int) -> None:
        """`limit`: characters that will be shown."""
        self._secrets = secrets
        self._left = 2 * limit

    def text(self, text: str) -> str:
        """As `redact_text`, and without the secrets that are known."""
        text = cut(text, max(0, self._left), self._secrets)
        self._left -= len(text) + 1
        return hide(redact_text(text), self._secrets)

    def value(self, value: Any, depth: int = 0) -> Any:
        """Without credentials: neither under a key that names one nor beside a text that does."""
        if isinstance(value, str):
            return self.text(value)
        self._left -= 1
        if not isinstance(value, (dict, list)):
            return value
        if depth >= DEPTH_LIMIT:
            return "…"
        if isinstance(value, list):
            items = takewhile(lambda _: self._left > 0, cast("list[Any]", value))
            return [self.value(item, depth + 1) for item in items]
        fields = cast("dict[str, Any]", value)
        echoes = any(_is_credential(name) for key in _NAMING for name in _texts_in(fields.get(key)))
        kept: dict[str, Any] = {}
        for key, item in takewhile(lambda _: self._left > 0, fields.items()):
            hidden = _is_credential(key) or (echoes and key.lower().replace("_", "") in _ECHOES)
            kept[self.text(key)] = HIDDEN if hidden and item is not None else self.value(item, depth + 1)
        return kept


def _texts_in(value: Any) -> list[str]:
    each_of = cast("list[Any]", value)[:20] if isinstance(value, list) else [value]
    return [text for text in each_of if isinstance(text, str)]


def cut(text: str, length: int, secrets: Collection[str]) -> str:
    """Return the first `length` characters of a text; the beginning of a known secret at their end is hidden."""
    if len(text) <= length:
        return text
    kept = text[:length]
    for secret in secrets:
        start = next((n for n in range(max(0, length - len(secret)), length - 3) if secret.startswith(kept[n:])), None)
        kept = kept if start is None else kept[:start] + HIDDEN
    return kept


def hide(text: str, secrets: Collection[str]) -> str:
    """Return a text without known secrets."""
    # The longest first: one may begin like another. A very short one would hide ordinary words.
    for secret in sorted((value for value in secrets if len(value) >= 4), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
