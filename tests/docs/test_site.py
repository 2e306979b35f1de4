"""The built site is complete, has no dead links, and works offline and as plain text."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import urlsplit

import pytest
import yaml

import anyqpu
from scripts.docs_site.blocks import blocks_of, pages
from scripts.docs_site.outside import DOCS, PAGES, ROOT
from scripts.docs_site.text_pages import FULL, INDEX
from tests.docs.built_site import Site, mkdocs
from tests.docs.in_a_browser import Seen, on_a_phone
from tests.emulator.chromium import FOUND, NODE

# The first test builds the whole site: minutes on a busy machine.
pytestmark = pytest.mark.timeout(600)
CLOUDS = ("kipu", "pasqal", "rigetti", "scaleway")
# Modules with a public `__all__`, and modules whose names without underscore are public.
PACKAGES = ("config", "pictures", "testing", *(f"providers.{cloud}" for cloud in CLOUDS))
EXPORTING = ("anyqpu", *(f"anyqpu.{package}" for package in PACKAGES))
WHOLE = ("anyqpu.errors", "anyqpu.options", "anyqpu.otel")
# Modules with their own page in the reference, and a value without a docstring.
MODULES = {
    "anyqpu.errors": "reference/errors.html",
    "anyqpu.pictures": "reference/pictures.html",
    "anyqpu.sync": "reference/sync.html",
}
NO_NAME = frozenset({"anyqpu.__version__"})
# Fixtures of pytest, described on the module's page.
FIXTURES = frozenset({"anyqpu_emulator", "emulator", *CLOUDS})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    built = mkdocs(ROOT / "mkdocs.yml", folder)
    assert built.returncode == 0, built.stderr
    return Site(folder)


@pytest.fixture(scope="module")
def anchors(site: Site) -> set[str]:
    return {anchor for path, page in site.pages.items() if path.startswith("reference/") for anchor in page.ids}


def public() -> dict[str, object]:
    """Return every public object of the library by its import path."""
    objects: dict[str, object] = {}
    for place in (*EXPORTING, *WHOLE):
        module = import_module(place)
        names = module.__all__ if place in EXPORTING else [name for name in vars(module) if not name.startswith("_")]
        for name in names:
            value = getattr(module, name)
            own = place in EXPORTING or getattr(value, "__module__", None) == place
            if own and not (place == "anyqpu.testing" and name in FIXTURES):
                objects[f"{place}.{name}"] = value
    return objects


def test_every_public_name_is_in_the_reference(site: Site, anchors: set[str]) -> None:
    named = public()
    assert len(named) > 80
    missing = [
        path
        for path, value in named.items()
        if path not in NO_NAME
        and MODULES.get(path) not in site.pages
        and not {path, f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"} & anchors
    ]
    assert not missing


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_public_member_of_a_client_is_in_the_reference(cloud: str, site: Site, anchors: set[str]) -> None:
    client = anyqpu.connect(cloud, emulator="http://127.0.0.1:1")
    # Bound methods in the instance are names of version 1 for methods of composed services, documented there.
    aliases = {name for name, value in vars(client).items() if inspect.ismethod(value)}
    members = [name for name in dir(client) if not name.startswith("_") and name not in aliases]
    assert len(members) > 20
    path = f"{type(client).__module__.rpartition('.')[0]}.{type(client).__name__}"
    # A method has an anchor; an attribute has one, or a row of the table below its class.
    rows = set(re.findall(rf'title="{re.escape(path)}\.(\w+)"', site.pages[f"reference/{cloud}.html"].source))
    assert not [name for name in members if f"{path}.{name}" not in anchors and name not in rows]
    assert not [name for name in members if callable(getattr(type(client), name, None)) and name in rows]


def test_attributes_have_types(site: Site) -> None:
    rows = re.findall(r'<tr class="doc-section-item">.*?</tr>', site.pages["reference/errors.html"].source, re.DOTALL)
    types = {re.sub(r"<[^>]+>", " ", row).split()[0]: row for row in rows}
    assert ">int<" in types["status_code"]
    assert ">float<" in types["retry_after"]


def test_every_page_is_built_and_in_the_navigation(site: Site) -> None:
    sources = {
        PAGES.get(path.name) or path.relative_to(DOCS).as_posix() for path in pages() if path.name != "README.md"
    }
    assert {path.replace(".html", ".md") for path in site.pages} == sources
    # From a page below a folder, too, since its links begin elsewhere.
    for page in ("index.html", "tutorials/first-job.html"):
        assert {site.target(page, link)[0] for link in site.pages[page].navigation} == site.pages.keys()


def test_links_lead_somewhere(site: Site) -> None:
    dead: list[str] = []
    for path, page in site.pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                assert well_formed(link), f"{path}: {link}"
                continue
            target, anchor = site.target(path, link)
            there = site.pages.get(target)
            if not (site.folder / target).is_file() or (anchor and there and anchor not in there.ids):
                dead.append(f"{path}: {link}")
    assert not dead


def well_formed(link: str) -> bool:
    """Whether an external link is valid; sends no request."""
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme == "https" and "." in parts.netloc and not re.search(r"\s", link)


def test_every_page_has_one_title_and_no_anchor_twice(site: Site) -> None:
    for path, page in site.pages.items():
        assert len(re.findall(r"<h1\b", page.source)) == 1, path
        assert len(page.ids) == len(set(page.ids)), path


def test_tables_have_no_backslashes(site: Site) -> None:
    assert r"show\|wait" in site.read("cli.md")  # as on GitHub
    for path, page in site.pages.items():
        assert r"\|" not in page.text, path


def test_pages_load_no_external_files(site: Site) -> None:
    for path, page in site.pages.items():
        assert page.loads
        for file in page.loads:
            assert file.startswith("data:") or (site.folder / site.target(path, file)[0]).is_file(), f"{path}: {file}"
        # The theme's script loads a file from another host for this class.
        assert 'class="mermaid"' not in page.source, path
    for style in site.folder.rglob("*.css"):
        for file in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import", style.read_text(encoding="utf-8")):
            assert file.startswith("data:") or (style.parent / file).is_file(), f"{style.name}: {file}"


def test_every_page_has_a_plain_text_copy(site: Site) -> None:
    for path, page in site.pages.items():
        copy = path.replace(".html", ".md")
        assert f'<link rel="alternate" type="text/markdown" href="{Path(copy).name}">' in page.source
        text = site.read(copy)
        title = re.match(r"# (.+)\n", text)
        assert title, copy
        assert re.sub(r"[`*]", "", title[1]) in page.text, copy
        assert not re.search(r"^(:::|--8<--)", text, re.MULTILINE), copy


def test_the_plain_text_of_the_reference_has_signatures_and_docstrings(site: Site) -> None:
    text = site.read("reference/kipu.md")
    assert re.search(r"^#+ KipuClient\.submit\n\n```python\nasync def submit\((.*\n)*?```\n\n\S", text, re.MULTILINE)
    assert "Args:" in text


def test_the_plain_text_has_the_included_files(site: Site) -> None:
    recording = (DOCS / "recordings" / "first-job.txt").read_text(encoding="utf-8").strip()
    assert recording in site.read("tutorials/first-job.md")
    assert recording.splitlines()[-1] in site.pages["tutorials/first-job.html"].text


def test_the_index_for_machines_has_its_form_and_every_page(site: Site) -> None:
    head, *sections = re.split(r"^## ", site.read(INDEX), flags=re.MULTILINE)
    assert re.match(r"# anyqpu\n\n> \S.*\n\n", head)
    listed: list[str] = []
    for section in sections:
        title, *lines = [line for line in section.splitlines() if line]
        assert title
        for line in lines:
            entry = re.fullmatch(r"- \[([^]]+)\]\(([^)]+)\): (.+)", line)
            assert entry, line
            listed.append(entry[2])
    assert sorted(listed) == sorted(path.replace(".html", ".md") for path in site.pages)


def test_one_file_has_all_pages(site: Site) -> None:
    whole = site.read(FULL)
    for path in site.pages:
        assert site.read(path.replace(".html", ".md")).strip() in whole


def build_one(folder: Path, page: str, **others: str) -> CompletedProcess[str]:
    """Build a site of one page with the project's settings; `others` are pages outside of the navigation."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    # The hooks and assets belong to the project's pages.
    del settings["hooks"], settings["extra_css"], settings["theme"]["favicon"]
    python = settings["plugins"][1]["mkdocstrings"]["handlers"]["python"]
    python["paths"] = [str(ROOT / path) for path in python["paths"]]
    python["options"]["extensions"] = [str(ROOT / path) for path in python["options"]["extensions"]]
    settings |= {"docs_dir": "docs", "nav": ["index.md"]}
    for name, text in {"index": page, **others}.items():
        (folder / "docs" / f"{name}.md").parent.mkdir(exist_ok=True)
        (folder / "docs" / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return mkdocs(folder / "mkdocs.yml", folder / "site")


def test_links_that_lead_nowhere_end_the_build(tmp_path: Path) -> None:
    targets = ("nowhere.md", "#nowhere", "/anywhere.md", "../else.txt")
    page = "\n".join(f"[there]({target})" for target in targets) + "\n[there][anyqpu.nowhere]"
    built = build_one(tmp_path, page)
    assert built.returncode == 1
    warnings = [line for line in built.stderr.splitlines() if line.startswith("WARNING")]
    for target in (*targets, "anyqpu.nowhere"):
        assert [line for line in warnings if f"'{target}'" in line], target


@pytest.mark.parametrize("page", ['```text\n--8<-- "recordings/nowhere.txt"\n```', "::: anyqpu.nowhere"])
def test_what_cannot_be_included_ends_the_build(page: str, tmp_path: Path) -> None:
    built = build_one(tmp_path, page)
    assert built.returncode == 1
    assert "nowhere" in built.stderr


def test_a_page_outside_of_the_navigation_ends_the_build(tmp_path: Path) -> None:
    assert build_one(tmp_path, "text").returncode == 0
    built = build_one(tmp_path, "text", other="text")
    assert built.returncode == 1
    assert "other.md" in built.stderr


@pytest.fixture(scope="module")
def seen(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    if FOUND is None or NODE is None:
        pytest.skip("needs Chromium and Node.js: make test installs them on Linux")
    wide = '<!doctype html><meta name="viewport" content="width=device-width"><p style="width: 500px">wide</p>'
    (site.folder / "control.htm").write_text(wide, encoding="utf-8")
    return on_a_phone(site.folder, [*sorted(site.pages), "control.htm"], profile=tmp_path_factory.mktemp("profile"))


def test_no_page_is_wider_than_a_phone(seen: Seen) -> None:
    assert seen.wide.keys() == {"control.htm"}


def test_copy_buttons_take_commands_without_prompts_and_output(seen: Seen) -> None:
    sources = {DOCS / path.replace(".html", ".md"): texts for path, texts in seen.copied.items() if texts}
    assert sum(map(len, sources.values())) > 50
    for page, texts in sources.items():
        source = page if page.exists() else ROOT / f"{page.stem.upper()}.md"
        commands = [command for block in blocks_of(source) if block.language == "console" for command in block.commands]
        copied = [line for text in texts for line in text.splitlines() if line]
        assert copied == [line for command in commands for line in command.splitlines()], page
