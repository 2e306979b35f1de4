"""What is published is compared with what is vendored; documents are served on loopback."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scripts import spec_watch
from scripts.documents import SPECS
from scripts.spec_changes.reading import RefusedError
from scripts.spec_watch import Published, Watch, fetch, main, newer, published, watch_all
from tests.scripts.history import FIRST, OVERLAY


class Site:
    """A server on loopback: `pages` has what it responds with, by path."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.accepted: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.accepted.append(self.headers["accept"])
                content = site.pages.get(self.path)
                self.send_response(404 if content is None else 200)
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.thread.join()
    site.server.server_close()


def vendored(root: Path, url: str, provider: str = "tiny", **watch: str) -> Path:
    """A tree with one vendored document, which is published at an address."""
    folder = root / "specs" / provider
    folder.mkdir(parents=True)
    document = json.dumps(FIRST)
    (folder / "upstream.json").write_text(document, encoding="utf-8")
    (folder / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    table = "".join(f"{key} = {json.dumps(value)}\n" for key, value in {"url": url, **watch}.items())
    digest = hashlib.sha256(document.encode()).hexdigest()
    (folder / "SOURCE.toml").write_text(f'sha256 = "{digest}"\n[watch]\n{table}', encoding="utf-8")
    return root


def changed() -> dict[str, Any]:
    document = json.loads(json.dumps(FIRST))
    document["components"]["schemas"]["Job"]["properties"]["priority"] = {"type": "integer"}
    return document


def test_the_same_document_is_not_newer(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = vendored(tmp_path, site.url("/api.json"), media="application/json")
    site.pages["/api.json"] = json.dumps(FIRST).encode()
    assert watch_all(["tiny"], root=root) == 0
    assert "tiny: the same document as vendored" in capsys.readouterr().out
    assert site.accepted == ["application/json"]


def test_another_text_with_the_same_meaning_is_not_newer(site: Site, tmp_path: Path) -> None:
    root = vendored(tmp_path, site.url("/api.json"))
    site.pages["/api.json"] = json.dumps(FIRST, indent=1).encode()
    document = newer("tiny", root=root)
    assert "another text, with no difference that matters to a program" in document.text
    assert not document.differs


def test_a_newer_document_is_saved_and_summed_up(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = vendored(tmp_path, site.url("/api.json"))
    site.pages["/api.json"] = json.dumps(changed()).encode()
    assert watch_all(["tiny"], root=root) == 1
    assert "tiny: newer: 1 changes: 1 minor" in capsys.readouterr().out
    assert json.loads((root / "build/spec-watch/tiny.document").read_bytes()) == changed()


def test_an_update_of_a_newer_document_gives_the_exit_code(site: Site, tmp_path: Path) -> None:
    root = vendored(tmp_path, site.url("/api.json"))
    site.pages["/api.json"] = json.dumps(changed()).encode()
    updates: list[Published] = []

    def update(document: Published) -> int:
        updates.append(document)
        return 3

    assert watch_all(["tiny"], update, root=root) == 3
    assert [(update.provider, update.url) for update in updates] == [("tiny", site.url("/api.json"))]


def test_a_failure_stops_no_other_provider(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vendored(tmp_path, site.url("/gone.json"), "first")
    vendored(tmp_path, site.url("/api.json"))
    site.pages["/api.json"] = json.dumps(changed()).encode()
    assert watch_all(["first", "tiny"], root=tmp_path) == 2
    out, err = capsys.readouterr()
    assert "responds with status 404" in err
    assert "tiny: newer" in out


def test_the_way_to_fetch_can_be_another(tmp_path: Path) -> None:
    root = vendored(tmp_path, "https://api.example.com/openapi.json")
    assert newer("tiny", root=root, get=lambda url, media: json.dumps(changed()).encode()).differs


def test_what_is_not_watched_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vendored(tmp_path, "") / "specs/tiny/SOURCE.toml").write_text('sha256 = ""\n', encoding="utf-8")
    assert watch_all(["tiny"], root=tmp_path) == 0
    assert "not watched" in capsys.readouterr().out


@pytest.mark.parametrize(
    "page",
    [
        f"<script>const __redoc_state = {json.dumps({'spec': {'data': FIRST}})};</script>",
        '<redoc spec-url="api.json"></redoc>',
        '<a download="openapi.json" class="x" href="/docs/api.json">Download</a>',
    ],
)
def test_a_page_of_redoc_leads_to_its_document(site: Site, page: str) -> None:
    site.pages |= {"/docs/": page.encode(), "/docs/api.json": json.dumps(FIRST).encode()}
    assert json.loads(published(Watch(site.url("/docs/"), "page"))) == FIRST


def test_a_page_without_a_document_says_what_to_do(site: Site) -> None:
    site.pages["/"] = b"<html><body>Jobs</body></html>"
    with pytest.raises(RefusedError, match="copy its text from a browser, and give that as FILE"):
        published(Watch(site.url("/"), "page"))


def test_what_is_too_large_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_watch, "LARGEST", 1000)
    site.pages["/"] = b"x" * 1001
    with pytest.raises(RefusedError, match="larger than"):
        fetch(site.url("/"), "*/*")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://api.example.com/openapi.json", "not an https address"),
        ("https://user:secret@api.example.com/", "has credentials; a public document needs none"),
        ("http://127.0.0.1:9/", "cannot be fetched"),
    ],
)
def test_addresses_that_cannot_be_used_are_refused(url: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason) as caught:
        fetch(url, "*/*")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("table", "reason"), [('kind = "pdf"\nurl = "x"', "unknown kind 'pdf'"), ("", "has no url")])
def test_a_table_that_is_wrong_is_refused(tmp_path: Path, table: str, reason: str) -> None:
    (tmp_path / "SOURCE.toml").write_text(f"[watch]\n{table}\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=reason):
        Watch.of(tmp_path)


def test_the_addresses_of_the_clouds_are_public() -> None:
    for folder in SPECS.iterdir():
        watch = Watch.of(folder)
        assert watch is not None, folder.name
        assert watch.url.startswith("https://")


def test_an_unknown_provider_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["nonesuch"])
    assert caught.value.code == 2
    assert "unknown provider 'nonesuch'" in capsys.readouterr().err
