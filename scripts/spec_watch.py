"""Look for newer API documents of the clouds.

python -m scripts.spec_watch [PROVIDER ...]               compare what is published with what is vendored
python -m scripts.spec_watch [PROVIDER ...] --update      and update to what is newer, as scripts.spec_update does

Where a document is published is in `specs/PROVIDER/SOURCE.toml`:

    [watch]
    url = "https://api.example.com/openapi.json"
    kind = "openapi"           the document itself; "text": a text to restore; "page": a page of Redoc that has it
    media = "application/json" what to ask for, if not anything

Exit code 0: nothing is newer; 1: a document differs; 2: one could not be fetched or read. With --update, the exit code
is the highest one of the updates.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from scripts.documents import PROVIDERS, ROOT
from scripts.generator.normalize import normalized
from scripts.spec_changes.compare import compare
from scripts.spec_changes.impact import Impact
from scripts.spec_changes.reading import LARGEST, RefusedError
from scripts.spec_changes.received import TABLE, receive
from scripts.spec_changes.report import summary
from scripts.spec_changes.vendoring import digest_of, read_source
from scripts.spec_update import Update, as_received, run

FOLDER = Path("build/spec-watch")
KINDS = ("openapi", "text", "page")
TIMEOUT_S = 60.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_STATE = re.compile(r"__redoc_state\s*=\s*")
_LINKS = (
    r'spec-?url=["\']([^"\']+)',
    r'<a[^>]*\bdownload\b[^>]*\bhref=["\']([^"\']+)',
    r'href=["\']([^"\']+openapi\.\w+)',
)


@dataclass(frozen=True)
class Watch:
    """Where a document is published."""

    url: str
    kind: str = "openapi"
    media: str = "*/*"

    @classmethod
    def of(cls, folder: Path) -> Watch | None:
        """Read the table `[watch]` of a SOURCE.toml; None without one. Raises `RefusedError` for one that is wrong."""
        table = read_source(folder).get("watch")
        if table is None:
            return None
        if not table.get("url"):
            raise RefusedError("[watch] has no url")
        if (kind := table.get("kind", "openapi")) not in KINDS:
            raise RefusedError(f"unknown kind {kind!r} in [watch]; use one of {', '.join(KINDS)}")
        return cls(table["url"], kind, table.get("media", "*/*"))


Fetch = Callable[[str, str], bytes]


def fetch(url: str, media: str) -> bytes:
    """Return what is published at an address. Raises `RefusedError` if it cannot be fetched, or is too large."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise RefusedError(f"{url} is not an https address")
    if parts.username or parts.password:
        raise RefusedError(f"the address of {parts.hostname} has credentials; a public document needs none")
    content = bytearray()
    try:
        with (
            httpx.Client(timeout=TIMEOUT_S, follow_redirects=True, headers={"accept": media}) as client,
            client.stream("GET", url) as response,
        ):
            response.raise_for_status()
            for part in response.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise RefusedError(f"{url} is larger than {LARGEST // 1_000_000} MB, which no API document is")
    except httpx.HTTPStatusError as error:
        raise RefusedError(f"{url} responds with status {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RefusedError(f"{url} cannot be fetched: {error or type(error).__name__}") from error
    return bytes(content)


def published(watch: Watch, get: Fetch = fetch) -> bytes:
    """Return the published document, or text to restore. Raises `RefusedError` if it cannot be fetched."""
    content = get(watch.url, watch.media)
    if watch.kind != "page":
        return content
    page = content.decode("utf-8", errors="replace")
    if state := _STATE.search(page):
        try:
            return json.dumps(json.JSONDecoder().raw_decode(page, state.end())[0]["spec"]["data"]).encode()
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(f"the page {watch.url} has a document that cannot be read: {error}") from error
    for pattern in _LINKS:
        if (link := re.search(pattern, page)) and not link[1].startswith(("blob:", "data:", "#")):
            return get(urljoin(watch.url, link[1]), watch.media)
    raise RefusedError(f"the page {watch.url} has no document; copy its text from a browser, and give that as FILE")


@dataclass(frozen=True)
class Published:
    """What is published for a provider.

    Attributes:
        file: The published document, if it is another one than the vendored.
        differs: Whether its meaning differs for a program.
        text: The result in words.
    """

    provider: str
    text: str
    url: str = ""
    file: Path | None = None
    differs: bool = False


def newer(provider: str, *, root: Path = ROOT, get: Fetch = fetch) -> Published:
    """Compare the published document of a provider with the vendored one.

    Raises:
        RefusedError: The document cannot be fetched or read.
    """
    folder = root / "specs" / provider
    watch = Watch.of(folder)
    if watch is None:
        return Published(provider, "not watched: SOURCE.toml has no [watch]")
    content = published(watch, get)
    if digest_of(content) == read_source(folder)["sha256"]:
        return Published(provider, f"the same document as vendored ({watch.url})")
    file = root / FOLDER / f"{provider}.{'txt' if watch.kind == 'text' else 'document'}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    received = receive(file, provider, folder / TABLE)
    before = normalized(as_received(folder)).document
    changes = compare(before, normalized(received.document, before).document)
    text = summary([Impact(change) for change in changes])
    if not changes:
        return Published(provider, f"another text, with {text} ({watch.url})", watch.url, file)
    text = f"newer: {text} ({watch.url}, saved as {file.relative_to(root)})"
    return Published(provider, text, watch.url, file, differs=True)


def watch_all(
    providers: Sequence[str], update: Callable[[Published], int] | None = None, *, root: Path = ROOT, get: Fetch = fetch
) -> int:
    """Print what is newer, call `update` for it, and return the exit code; a failure stops no other provider."""
    codes = [0]
    for provider in providers:
        try:
            document = newer(provider, root=root, get=get)
        except RefusedError as error:
            print(f"{provider}: {error}", file=sys.stderr)
            codes.append(2)
            continue
        print(f"{provider}: {document.text}")
        if document.differs:
            codes.append(1 if update is None else update(document))
    return max(codes)


def _update(document: Published) -> int:
    assert document.file is not None
    report = run(Update(document.provider, document.file, origin=f"published at {document.url}"))
    print(report.as_markdown(with_counts=False))
    return report.exit_code


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.spec_watch", description="Look for newer API documents.")
    parser.add_argument("providers", nargs="*", metavar="PROVIDER", help="of these clouds; else of all")
    parser.add_argument("--update", action="store_true", help="update to each document that is newer")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.providers if name not in PROVIDERS]:
        parser.error(f"unknown provider {unknown[0]!r}; use one of {', '.join(PROVIDERS)}")
    return watch_all(options.providers or PROVIDERS, _update if options.update else None)


if __name__ == "__main__":
    sys.exit(main())
