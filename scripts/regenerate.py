"""Everything that is derived from the vendored documents: final.json, clients, messages, the emulator's operations.

python -m scripts.regenerate            write it all; a document is restored only where its inputs changed
python -m scripts.regenerate --all      write it all, from the documents as received
python -m scripts.regenerate --check    write nothing; exit 1 and name each file that differs from the whole chain
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_spec_validator

from scripts import emulator_operations
from scripts.documents import PROVIDERS, ROOT, SPECS, load, operations, parse_yaml, to_json
from scripts.generator import TEMPLATES, messages
from scripts.generator.environment import pinned_version
from scripts.generator.normalize import normalized
from scripts.generator.notes import Prepared
from scripts.generator.prepare import prepare
from scripts.generator.process import Order, format_code, generate_all
from scripts.overlay import apply_overlay

PACKAGE = Path("generated/anyqpu_raw")
SCRIPTS = Path(__file__).parent
# The packages that read the documents received damaged, beside `restore_<provider>.py`.
READERS = {"pasqal": "pasqal_page", "rigetti": "rigetti"}
# Component names of Scaleway carry their protobuf package.
STRIP_PREFIXES = {"scaleway": ("scaleway.qaas.v1alpha1.", "google.protobuf.")}


@dataclass(frozen=True, slots=True)
class Restored:
    """A document rebuilt from a text that is not valid YAML or JSON, and the digest of what it was made from."""

    text: str
    inputs_sha256: str

    @property
    def record(self) -> dict[str, str]:
        """The entry of the manifest."""
        return {"inputs_sha256": self.inputs_sha256, "sha256": hashlib.sha256(self.text.encode()).hexdigest()}


def restored(provider: str, specs: Path = SPECS, record: Mapping[str, str] | None = None) -> Restored | None:
    """Restore a document, or return the present openapi.yaml where it and its inputs are those of the record.

    Returns None for documents that were received intact. The inputs are the received files and the reader's own code.
    """
    folder = specs / provider
    page = folder / "upstream.txt"
    if not page.exists():
        return None
    table, present = folder / "operations.json", folder / "openapi.yaml"
    reader = [SCRIPTS / f"restore_{provider}.py", *sorted((SCRIPTS / READERS[provider]).glob("*.py"))]
    inputs = _digest(page, *([table] if table.exists() else []), *reader)
    if record and present.exists():
        kept = Restored(present.read_text(encoding="utf-8"), inputs)
        if kept.record == record:
            return kept
    restore = import_module(f"scripts.restore_{provider}").restore
    text = page.read_text(encoding="utf-8")
    return Restored(restore(text, load(table)) if table.exists() else restore(text), inputs)


def final_document(provider: str, openapi: str | None, specs: Path = SPECS) -> Prepared:
    """The document that the generator reads: as received or restored, with the overlay applied; valid OpenAPI."""
    folder = specs / provider
    source = parse_yaml(openapi) if openapi else load(next(folder.glob("upstream.*")))
    present = folder / "final.json"
    # The operations that had their ids before keep them.
    previous = load(present) if present.exists() else None
    final = normalized(apply_overlay(source, load(folder / "overlay.yaml")), previous)
    openapi_spec_validator.validate(final.document)
    return final


def write_all(root: Path, specs: Path = SPECS, *, whole: bool = False) -> None:
    """Write all derived files below `root`, which stands for the repository; `specs` has their sources.

    `whole` restores the damaged documents also where the manifest says that nothing changed.
    """
    raw = root / PACKAGE
    records = {} if whole else _records(raw / "manifest.json")
    shutil.rmtree(raw, ignore_errors=True)
    raw.mkdir(parents=True)
    manifest: dict[str, Any] = {
        "generator": f"openapi-python-client {pinned_version('openapi-python-client')}",
        "formatter": f"ruff {version('ruff')}",
        "templates_sha256": _digest(*sorted(file for file in TEMPLATES.iterdir() if file.is_file())),
        "documents": {},
        "restored": {},
    }
    orders: list[Order] = []
    for provider in PROVIDERS:
        target = root / "specs" / provider
        target.mkdir(parents=True, exist_ok=True)
        document = restored(provider, specs, records.get(provider))
        if document is not None:
            (target / "openapi.yaml").write_text(document.text, encoding="utf-8")
            manifest["restored"][provider] = document.record
        final, notes = final_document(provider, document and document.text, specs)
        prefixes = STRIP_PREFIXES.get(provider, ())
        notes += prepare(final, strip_prefixes=prefixes).notes
        (target / "final.json").write_text(to_json(final), encoding="utf-8")
        orders.append(Order(final, raw / provider, prefixes))
        manifest["documents"][provider] = {
            "upstream_sha256": _digest(next((specs / provider).glob("upstream.*"))),
            "final_sha256": _digest(target / "final.json"),
            "operations": len(operations(final)),
            "notes": [str(note) for note in notes],
        }
    generate_all(orders)
    shutil.rmtree(root / messages.PACKAGE, ignore_errors=True)
    messages.write_messages(root, specs)
    manifest["messages"] = {
        "generator": f"grpcio-tools {pinned_version('grpcio-tools')}",
        "sources_sha256": _digest(*messages.sources(specs)),
    }
    (raw / "__init__.py").write_text(
        '"""Raw clients of the four clouds, without I/O. Written by scripts from the documents in `specs`."""\n'
    )
    (raw / "py.typed").write_text("")
    format_code(raw)
    (raw / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    emulator = root / emulator_operations.FILE
    emulator.parent.mkdir(parents=True, exist_ok=True)
    emulator.write_text(emulator_operations.content(root / "specs"), encoding="utf-8")


def _records(manifest: Path) -> dict[str, dict[str, str]]:
    records: dict[str, dict[str, str]] = {}
    if manifest.exists():
        records = json.loads(manifest.read_text(encoding="utf-8")).get("restored", {})
    return records


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _derived(root: Path) -> dict[str, bytes]:
    packages = [path for package in (PACKAGE, messages.PACKAGE) for path in (root / package).rglob("*")]
    files = [file for file in packages if file.is_file() and "__pycache__" not in file.parts]
    files += [file for name in ("openapi.yaml", "final.json") for file in (root / "specs").glob(f"*/{name}")]
    files.append(root / emulator_operations.FILE)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.exists()}


def differences(root: Path) -> list[str]:
    """The derived files below `root` that are not what their sources give."""
    with tempfile.TemporaryDirectory() as folder:
        write_all(Path(folder), whole=True)
        fresh, present = _derived(Path(folder)), _derived(root)
    return sorted(name for name in fresh.keys() | present.keys() if fresh.get(name) != present.get(name))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.regenerate", description="Rewrite all derived files.")
    parser.add_argument("--all", action="store_true", help="restore the damaged documents also where nothing changed")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    options = parser.parse_args(arguments)
    if not options.check:
        write_all(ROOT, whole=options.all)
        return 0
    wrong = differences(ROOT)
    for name in wrong:
        print(f"{name}: not what its source gives; run `make regenerate` and commit", file=sys.stderr)
    print("generated files: " + (f"{len(wrong)} differ" if wrong else "all as their sources give"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
