"""Update the API document of a provider.

python -m scripts.spec_update PROVIDER FILE [--overlay FILE] [--table FILE] [--origin TEXT] [--allow-drop]
                                                 [--no-tests]
python -m scripts.spec_update PROVIDER --restore          put the earlier document back

Vendors FILE, applies each action of the overlay where it is needed, regenerates, and runs type checkers and tests. FILE
is OpenAPI 3.0 or 3.1, a newer page of Pasqal's documentation, or a text of Rigetti's document without indentation.

The report is build/spec-update/PROVIDER/report.md, and report.json for programs. It is written in every case, before
the tree is changed. Exit code 0: the document was taken; 1: taken, with decisions to look at; 2: refused, and the tree
is as it was; 3: taken, with work left, which the report lists.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts import emulator_operations, regenerate
from scripts.documents import PROVIDERS, ROOT, load, operations
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.generator.normalize import normalized
from scripts.generator.notes import Note
from scripts.generator.prepare import prepare
from scripts.spec_changes.checks import failures, write_operations_page
from scripts.spec_changes.compare import Change, compare
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.impact import Coverage, impacts
from scripts.spec_changes.lists import undescribed_lists
from scripts.spec_changes.overlaying import Fate, split_overlay, try_overlay
from scripts.spec_changes.reading import RefusedError, problems_of
from scripts.spec_changes.received import TABLE, receive
from scripts.spec_changes.report import Report
from scripts.spec_changes.shapes import Document
from scripts.spec_changes.skeletons import Skeletons
from scripts.spec_changes.surface import Surface
from scripts.spec_changes.usage import uses
from scripts.spec_changes.vendoring import ASIDE, check_same_api, put_back, vendor

BUILD = Path("build/spec-update")
MANIFEST = regenerate.PACKAGE / "manifest.json"
MOST_PROBLEMS = 20


class Update:
    """An update, prepared in a work folder and moved into the tree at the end.

    Attributes:
        report: What is known so far; complete after `prepare`, but for what checks of the changed tree add.
    """

    def __init__(
        self,
        provider: str,
        file: Path,
        *,
        overlay: Path | None = None,
        table: Path | None = None,
        origin: str = "",
        allow_drop: bool = False,
        root: Path = ROOT,
        providers: Sequence[str] = PROVIDERS,
    ) -> None:
        self.provider = provider
        self.file = file
        self.root = root
        self.providers = providers
        self.folder = root / "specs" / provider
        self.overlay = overlay or self.folder / "overlay.yaml"
        self.table = table or self.folder / TABLE
        self.origin = origin or f"given as {file.name}"
        self.allow_drop = allow_drop
        self.dropped: dict[str, str] = {}
        """Operations that the generator cannot take, with the reason."""
        self.report = Report(provider, str(file))
        self.parts: dict[Path, Path] = {}

    def prepare(self, work: Path) -> None:
        """Prepare sources and derived files below `work`, and leave the tree alone. Raises `RefusedError`."""
        manifest = json.loads((self.root / MANIFEST).read_text(encoding="utf-8"))
        self.report.notes_before = manifest["documents"][self.provider].get("notes", [])
        received = receive(self.file, self.provider, self.table)
        finals = {name: load(self.root / "specs" / name / "final.json") for name in self.providers}
        before, earlier = finals[self.provider], as_received(self.folder)
        check_same_api(received.document, self.provider, finals)
        corrected, self.report.tried = try_overlay(received.document, load(self.overlay), earlier)
        final, notes = normalized(corrected, before)
        self.report.notes = notes
        if problems := problems_of(final):
            said = "\n".join(f"  {problem}" for problem in problems[:MOST_PROBLEMS])
            refusal = f"the document is not valid, also with the overlay that applies:\n{said}"
        else:
            refusal = self._drop(final)
        # A document that is refused is compared as far as it goes.
        with suppress(*((Exception,) if refusal else ())):
            pair = normalized(earlier, before).document, normalized(received.document, before).document
            self._compare((before, final), pair)
        if refusal:
            raise RefusedError(refusal)
        sources = work / "sources"
        shutil.copytree(self.root / "specs", sources)
        folder = sources / self.provider
        vendor(
            folder,
            self.file,
            received,
            origin=self.origin,
            operations_added=len(_requests(final) - _requests(received.document)),
            simplify=any(note.kind == "simplified" for note in self.report.notes),
        )
        shutil.copyfile(self.overlay, folder / "overlay.yaml")
        split_overlay(folder / "overlay.yaml", self.report.tried, folder / ASIDE, removed=self.dropped)
        self._generate(work, sources)
        self.report.lists = undescribed_lists(final)
        self._look_at_layer(work, before, final)

    def _compare(self, corrected: tuple[Any, Any], received: tuple[Any, Any]) -> None:
        """Compare two pairs of documents: what only one pair shows is hidden, or comes from other corrections."""
        changes, behind = compare(*corrected), compare(*received)
        shown = set(map(_key, changes))
        said = set(map(_key, behind)) if self._corrects_otherwise else shown
        # What a new or another operation of the document replaces is the cloud's change too.
        others = {id for change in behind if change.kind.startswith("operation ") for id in change.operations}
        ids = [shape.id for document in corrected for shape in Document(document).operations.values()]
        self.coverage = Coverage.of(self.provider, ids, self.root)
        own = [change for change in changes if _key(change) not in said and not others & set(change.operations)]
        self.report.is_compared = True
        self.report.impacts = impacts([change for change in changes if change not in own], self.coverage)
        self.report.own = impacts(own, self.coverage)
        self.report.hidden = impacts([change for change in behind if _key(change) not in shown], self.coverage)

    @property
    def _corrects_otherwise(self) -> bool:
        """Whether the overlay does something else than it did in the earlier document."""
        other = any(entry.fate is not Fate.APPLIES or entry.before != entry.now for entry in self.report.tried)
        return other or self.overlay.parent != self.folder

    def _drop(self, final: dict[str, Any]) -> str:
        """Remove the operations that the generator cannot take, or return why the document is refused."""
        try:
            prefixes = regenerate.STRIP_PREFIXES.get(self.provider, ())
            notes = prepare(final, strip_prefixes=prefixes, simplify=True, allow_drop=self.allow_drop).notes
        except UnsupportedDocumentError as error:
            return f"the generator cannot take it:\n{with_cures(str(error))}"
        self.report.notes += notes
        self.dropped = {note.place: note.words for note in notes if note.kind == "dropped"}
        for place in self.dropped:
            method, path = place.split(" ", 1)
            del final["paths"][path][method.lower()]
        return ""

    def _generate(self, work: Path, sources: Path) -> None:
        try:
            self.parts, notes = _derive(self.root, self.provider, self.providers, sources, work / "derived")
        except (GenerationError, UnsupportedDocumentError) as error:
            raise RefusedError(f"the generator cannot take it:\n{with_cures(str(error))}") from error
        self.report.notes = [*notes, *(note for note in self.report.notes if note.kind == "dropped")]

    def _look_at_layer(self, work: Path, before: Any, final: Any) -> None:
        old = Surface.of(self.root / regenerate.PACKAGE / self.provider)
        new = Surface.of(work / "derived" / regenerate.PACKAGE / self.provider)
        schemes = Document(before).security_schemes.keys() - Document(final).security_schemes.keys()
        self.report.uses = uses(self.root, self.provider, old, old.without(new, frozenset(schemes)))
        version = import_module("anyqpu._version").__version__
        drafts = Skeletons(self.provider, self.root, new, self.coverage)
        self.report.edits = drafts.text([*self.report.impacts, *self.report.own], version)

    def apply(self, work: Path) -> None:
        """Move the prepared files into the tree; if that fails, restore the tree."""
        _replace({self.folder: work / "sources" / self.provider, **self.parts}, work / "backup")


def _derive(
    root: Path, provider: str, providers: Sequence[str], sources: Path, out: Path
) -> tuple[dict[Path, Path], list[Note]]:
    """Generate the client of one provider below `out`, or all where the generator itself has changed.

    Returns what has to be replaced in the tree below `root`, with what replaces it, and what was changed in the
    document for that.
    """
    present = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    # With its records, documents that were restored from a text are not restored again.
    _copy(root / MANIFEST, out / MANIFEST)
    notes = regenerate.write_all(out, sources, providers=[provider], with_messages=False)
    made = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    tools = [key for key in made if key not in ("documents", "restored")]
    if any(made[key] != present.get(key) for key in tools):
        notes = regenerate.write_all(out, sources, providers=providers, with_messages=False)
        made = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    for key in ("documents", "restored"):
        present[key].pop(provider, None)
        both = present[key] | made[key]
        made[key] = {name: both[name] for name in providers if name in both}
    (out / MANIFEST).write_text(json.dumps(present | made, indent=2) + "\n", encoding="utf-8")
    for name in ("final.json", "openapi.yaml"):
        if (out / "specs" / provider / name).exists():
            shutil.copyfile(out / "specs" / provider / name, sources / provider / name)
    (out / emulator_operations.FILE).write_text(emulator_operations.content(sources, providers), encoding="utf-8")
    package = out / regenerate.PACKAGE
    # The package's own __init__.py may be of more providers than these.
    made_files = [path for path in package.iterdir() if path.name != "__init__.py"]
    parts = {root / path.relative_to(out): path for path in (*made_files, out / emulator_operations.FILE)}
    return parts, notes[provider]


def _replace(parts: Mapping[Path, Path], backup: Path) -> None:
    """Put each source in the place of its target; if one fails, put all back."""
    for number, target in enumerate(parts):
        _copy(target, backup / str(number))
    try:
        for target, source in parts.items():
            _copy(source, target)
    except BaseException:
        for number, target in enumerate(parts):
            _copy(backup / str(number), target)
        raise


def _requests(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(method, path) for method, path, _ in operations(document)}


def as_received(folder: Path) -> dict[str, Any]:
    """Return a provider's document without corrections, as received or restored."""
    openapi = folder / "openapi.yaml"
    document: dict[str, Any] = load(openapi if openapi.exists() else next(folder.glob("upstream.*")))
    return document


def _key(change: Change) -> tuple[Any, ...]:
    return change.kind, change.where, change.subject, change.words


def _copy(source: Path, target: Path) -> None:
    """Make `target` what `source` is: a folder, a file, or nothing."""
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)


Checks = Callable[[str, Path], list[str]]


def run(update: Update, checks: Checks | None = failures) -> Report:
    """Run an update and write its report; a failure in the middle leaves the tree as it was, and is in the report.

    `checks` returns what stops working in the changed tree, in lines.
    """
    report, build = update.report, update.root / BUILD / update.provider
    build.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            update.prepare(Path(folder))
            _write(report, build)
            update.apply(Path(folder))
        except RefusedError as error:
            report.refused = str(error)
        except Exception as error:  # an error of these scripts: the report says where
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            report.refused = (
                f"the update failed: {type(error).__name__}: {error} ({place}); this is an error of the scripts"
            )
        finally:
            _write(report, build)
    if checks and not report.refused:
        report.work = checks(update.provider, update.root)
        _write(report, build)
    return report


def _write(report: Report, build: Path) -> None:
    (build / "report.md").write_text(report.as_markdown(), encoding="utf-8")
    (build / "report.json").write_text(report.as_json(), encoding="utf-8")


def restore(provider: str, root: Path = ROOT, providers: Sequence[str] = PROVIDERS) -> str:
    """Put the earlier document and its derived files back, and return a message."""
    folder = root / "specs" / provider
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(root / "specs", work / "sources")
        digest = put_back(work / "sources" / provider)
        parts, _ = _derive(root, provider, providers, work / "sources", work / "derived")
        _replace({folder: work / "sources" / provider, **parts}, work / "backup")
    count = len(operations(load(folder / "final.json")))
    return f"{provider}: the document {digest} is back, with {count} operations"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.spec_update", description="Update a cloud's document.")
    parser.add_argument("provider", choices=PROVIDERS)
    parser.add_argument("file", type=Path, nargs="?", help="the newer document: OpenAPI 3.0 or 3.1, or a page's text")
    parser.add_argument("--overlay", type=Path, help="corrections to use in place of the vendored ones")
    parser.add_argument("--table", type=Path, help=f"methods and paths of a page, in place of {TABLE}")
    parser.add_argument("--origin", default="", help="the origin, for SOURCE.toml")
    parser.add_argument("--allow-drop", action="store_true", help="leave out operations that cannot be generated")
    parser.add_argument("--no-tests", action="store_true", help="do not run type checkers and tests")
    parser.add_argument("--restore", action="store_true", help="put the earlier document back")
    options = parser.parse_args(arguments)
    if options.restore == (options.file is not None):
        parser.error("give a FILE, or --restore")
    if options.restore:
        try:
            print(restore(options.provider))
        except RefusedError as error:
            print(error, file=sys.stderr)
            return 2
        left = list(write_operations_page(options.provider, ROOT))
        print("\n".join(left), end="\n" if left else "")
        return 3 if left else 0
    update = Update(
        options.provider,
        options.file,
        overlay=options.overlay,
        table=options.table,
        origin=options.origin,
        allow_drop=options.allow_drop,
    )
    report = run(update, None if options.no_tests else failures)
    print(report.as_markdown(with_counts=False))
    print(f"The whole report: {BUILD / options.provider / 'report.md'}")
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
