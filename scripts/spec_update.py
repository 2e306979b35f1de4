"""Update the API document of a provider.

python -m scripts.spec_update PROVIDER FILE [--overlay FILE] [--origin TEXT] [--no-tests]
python -m scripts.spec_update PROVIDER --restore          put the earlier document back

Vendors FILE, tries each action of the overlay on it, regenerates, reports the changes and the methods that they touch,
drafts the edits, and runs the contract tests. Exit code 0: nothing is left to do; 1: the report names decisions that
are needed; 2: the document was refused or the update failed, and the tree is as it was.

The report is also in build/spec-update/PROVIDER/, as report.md and report.json, with proposals.txt.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts import emulator_operations, regenerate
from scripts.documents import PROVIDERS, ROOT, load, operations
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.spec_changes import report
from scripts.spec_changes.compare import compare
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.impact import Impact, as_data, impacts
from scripts.spec_changes.lists import undescribed_lists
from scripts.spec_changes.overlaying import Fate, Tried, split_overlay, try_overlay
from scripts.spec_changes.proposals import proposals
from scripts.spec_changes.reading import RefusedError, problems_of, read_document
from scripts.spec_changes.vendoring import ASIDE, check_same_api, put_back, vendor

MOST_TESTS = 8
BUILD = ROOT / "build" / "spec-update"
FAILED_TEST = re.compile(r"^(?:FAILED|ERROR) (\S+?)(?:\[(.*)\])?(?: - .*)?$", re.MULTILINE)


class Update:
    """An update, prepared in a work folder and moved into the tree at the end."""

    def __init__(self, provider: str, file: Path, *, overlay: Path | None, origin: str, root: Path = ROOT) -> None:
        self.provider = provider
        self.file = file
        self.overlay = overlay
        self.origin = origin
        self.root = root
        self.tried: list[Tried] = []
        self.impacts: list[Impact] = []
        self.hidden: list[Impact] = []
        """Changes of the document that the overlay replaces, so that generated code does not show them."""
        self.lists: list[str] = []
        """List operations for which the overlay does not say how they are divided into pages."""

    def prepare(self, work: Path) -> None:
        """Prepare sources and derived files below `work`, and leave the tree alone. Raises `RefusedError`."""
        document = read_document(self.file)
        documents = {name: load(self.root / "specs" / name / "final.json") for name in PROVIDERS}
        check_same_api(document, self.provider, documents)
        sources = work / "sources"
        shutil.copytree(self.root / "specs", sources)
        folder = sources / self.provider
        vendor(folder, self.file, document, origin=self.origin)
        if self.overlay is not None:
            shutil.copyfile(self.overlay, folder / "overlay.yaml")
        final, self.tried = try_overlay(document, load(folder / "overlay.yaml"))
        split_overlay(folder / "overlay.yaml", self.tried, folder / ASIDE)
        if problems := problems_of(final):
            said = "\n".join(f"  {problem}" for problem in problems[:20])
            raise RefusedError(f"the document is not valid, also with the overlay that applies:\n{said}")
        # With its records, documents that were restored from a text are not restored again.
        records = work / "derived" / regenerate.PACKAGE / "manifest.json"
        records.parent.mkdir(parents=True)
        shutil.copyfile(self.root / regenerate.PACKAGE / "manifest.json", records)
        try:
            regenerate.write_all(work / "derived", sources)
        except (GenerationError, UnsupportedDocumentError) as error:
            raise RefusedError(f"the generator cannot take it:\n{with_cures(str(error))}") from error
        self.lists = undescribed_lists(final)
        changes = compare(documents[self.provider], final)
        self.impacts = impacts(changes, self.provider)
        shown = {(change.kind, change.where, change.subject, change.words) for change in changes}
        behind = compare(_as_received(self.root / "specs" / self.provider), document)
        others = [change for change in behind if (change.kind, change.where, change.subject, change.words) not in shown]
        self.hidden = impacts(others, self.provider)

    def apply(self, work: Path) -> None:
        """Move the prepared files into the tree; if that fails, restore the tree."""
        folder = self.root / "specs" / self.provider
        backup = work / "backup"
        shutil.copytree(folder, backup / "specs")
        shutil.copytree(self.root / regenerate.PACKAGE, backup / "generated")
        try:
            _replace(folder, work / "sources" / self.provider)
            for name in ("final.json", "openapi.yaml"):
                derived = work / "derived" / "specs" / self.provider / name
                if derived.exists():
                    shutil.copyfile(derived, folder / name)
            _replace(self.root / regenerate.PACKAGE, work / "derived" / regenerate.PACKAGE)
            operations_file = self.root / emulator_operations.FILE
            operations_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(work / "derived" / emulator_operations.FILE, operations_file)
        except BaseException:
            _replace(folder, backup / "specs")
            _replace(self.root / regenerate.PACKAGE, backup / "generated")
            raise

    @property
    def is_decided(self) -> bool:
        """Whether no decision is needed. New words that the overlay hides need one, too."""
        hidden = any(impact.unclassified or impact.change.words for impact in self.hidden)
        needed = any(impact.needs_decision for impact in self.impacts)
        return not (self.open_actions or hidden or self.lists or needed)

    @property
    def open_actions(self) -> list[Tried]:
        """Actions of the overlay that need a decision."""
        return [entry for entry in self.tried if entry.fate is not Fate.APPLIES]


def _as_received(folder: Path) -> dict[str, Any]:
    """Return a provider's document without corrections, as received or restored."""
    openapi = folder / "openapi.yaml"
    document: dict[str, Any] = load(openapi if openapi.exists() else next(folder.glob("upstream.*")))
    return document


def _replace(target: Path, source: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def failures(provider: str) -> list[str]:
    """Return what stops working, in lines: type errors, operations that fail contract tests, and other tests."""
    lines = _type_errors(provider)
    by_operation: dict[str, list[str]] = {}
    contracts = ["tests/contract", "tests/generated", "tests/docs/test_operations_table.py"]
    for test, case in _failed_tests(provider, contracts):
        operation = re.search(rf"{provider}-(\w+)", case)
        by_operation.setdefault(operation[1] if operation else "the document", []).append(test)
    lines += [f"{operation}: {', '.join(sorted(set(tests)))}" for operation, tests in sorted(by_operation.items())]
    own = sorted({test for test, _ in _failed_tests(provider, [f"tests/providers/{provider}"])})
    if own:
        more = f" and {len(own) - MOST_TESTS} more" if len(own) > MOST_TESTS else ""
        lines.append(f"tests/providers/{provider}: {', '.join(own[:MOST_TESTS])}{more}")
    return lines


def _type_errors(provider: str) -> list[str]:
    """Return the type errors of the provider's package with the new client."""
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "-p", f"anyqpu.providers.{provider}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    place = f"src/anyqpu/providers/{provider}/"
    return [line.removeprefix(place) for line in done.stdout.splitlines() if line.startswith(place)]


def _failed_tests(provider: str, suites: list[str]) -> list[tuple[str, str]]:
    """Return (test, case) of each failure."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *suites]
    done = subprocess.run(
        [*command, "-k", provider], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )
    if done.returncode not in {0, 1, 2, 5}:
        raise RuntimeError(f"the tests could not be run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return [(test.rpartition("::")[2] or test, case) for test, case in FAILED_TEST.findall(done.stdout)]


def run(options: argparse.Namespace) -> int:
    """Run an update and report it."""
    update = Update(options.provider, options.file, overlay=options.overlay, origin=options.origin)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        update.prepare(work)
        update.apply(work)
    build = BUILD / options.provider
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    _write_operations_page()
    registry = _fresh_registry(options.provider)
    version = import_module("anyqpu._version").__version__
    proposed = proposals(update.impacts, options.provider, registry, version)
    failed = [] if options.no_tests else failures(options.provider)
    actions = "".join(f"  {entry}\n" for entry in update.tried)
    (build / "report.md").write_text(report.as_markdown(update.impacts), encoding="utf-8")
    more: dict[str, Any] = {
        "overlay": [vars(entry) for entry in update.tried],
        "hidden": [as_data(impact) for impact in update.hidden],
        "lists": update.lists,
        "failing": failed,
    }
    (build / "report.json").write_text(report.as_json(update.impacts, **more), encoding="utf-8")
    (build / "proposals.txt").write_text(proposed, encoding="utf-8")
    print(f"{options.provider}: {options.file} replaces the earlier document\n\nOverlay:\n{actions}")
    print(report.as_text(update.impacts))
    if update.hidden:
        print("In the document, and hidden by the overlay:\n")
        print("".join(f"  {impact.change}{_not_classified(impact)}\n" for impact in update.hidden))
    if update.lists:
        print(f"Lists without x-pages and x-dedup in the overlay: {', '.join(update.lists)}\n")
    print(proposed)
    if failed:
        print("Failing:")
        print("".join(f"  {line}\n" for line in failed), end="")
    elif not options.no_tests:
        print("All contract tests pass.")
    print(f"\nUndo: make spec-restore PROVIDER={options.provider}")
    return 0 if update.is_decided and not failed else 1


def _not_classified(impact: Impact) -> str:
    return f"; NOT CLASSIFIED: {', '.join(impact.unclassified)}" if impact.unclassified else ""


def _write_operations_page() -> None:
    """Rewrite docs/operations.md, in a process that imports the new client."""
    subprocess.run([sys.executable, "-m", "scripts.operations_table"], cwd=ROOT, check=True)


def _fresh_registry(provider: str) -> list[Any]:
    """Import the operations of the client just written, in place of the loaded ones."""
    for name in [name for name in sys.modules if name.startswith(f"anyqpu_raw.{provider}")]:
        del sys.modules[name]
    return list(import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS.values())


def restore(provider: str, root: Path = ROOT) -> str:
    """Put the earlier document and its derived files back, and return a message."""
    folder = root / "specs" / provider
    with tempfile.TemporaryDirectory() as work:
        backup = Path(work) / "specs"
        shutil.copytree(folder, backup)
        try:
            digest = put_back(folder)
            regenerate.write_all(root, root / "specs")
        except BaseException:
            _replace(folder, backup)
            raise
    count = len(operations(load(folder / "final.json")))
    return f"{provider}: the document {digest} is back, with {count} operations"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.spec_update", description="Update a cloud's document.")
    parser.add_argument("provider", choices=PROVIDERS)
    parser.add_argument("file", type=Path, nargs="?", help="the newer document: OpenAPI 3.0 or 3.1, JSON or YAML")
    parser.add_argument("--overlay", type=Path, help="corrections to use in place of the vendored ones")
    parser.add_argument("--origin", default="", help="the origin, for SOURCE.toml")
    parser.add_argument("--no-tests", action="store_true", help="do not run the contract tests")
    parser.add_argument("--restore", action="store_true", help="put the earlier document back")
    options = parser.parse_args(arguments)
    if options.restore == (options.file is not None):
        parser.error("give a FILE, or --restore")
    options.origin = options.origin or f"given as {options.file.name}" if options.file else ""
    try:
        if not options.restore:
            return run(options)
        print(restore(options.provider))
        _write_operations_page()
        return 0
    except RefusedError as error:
        print(f"{error}\n\nNothing was changed.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
