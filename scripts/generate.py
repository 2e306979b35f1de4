"""Generate a client without I/O from any OpenAPI 3 document.

    python -m scripts.generate --spec petstore.yaml --out clients/petstore --simplify

The client is the package `--out`, with the modules that it runs on in it; `--core anyqpu_raw._core` takes those of
another package. `docs/raw.md` shows how it is used. Exit codes: 0 written, 1 refused and nothing written.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath
from ruamel.yaml.error import YAMLError

from scripts.documents import load, operations
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.generator.normalize import normalized
from scripts.generator.notes import Note
from scripts.generator.process import format_code, generate
from scripts.overlay import OverlayError, apply_overlay
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.reading import RefusedError, read_document

MANIFEST = "manifest.json"
_NAME = "python -m scripts.generate"


class ForeignFilesError(Exception):
    """Files that the generator did not write are where it would write."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog=_NAME, description="Generate a client without I/O.")
    parser.add_argument("--spec", type=Path, required=True, help="OpenAPI 3 document, JSON or YAML")
    parser.add_argument("--out", type=Path, required=True, help="folder of the package; files of others in it stay")
    parser.add_argument("--overlay", type=Path, help="OpenAPI Overlay 1.0.0 to apply to the document first")
    parser.add_argument("--core", default="._core", help="module to share, such as anyqpu_raw._core (default: its own)")
    parser.add_argument("--strip-prefix", action="append", default=[], help="taken off the names of components")
    parser.add_argument("--simplify", action="store_true", help="promise less than the document where that is needed")
    parser.add_argument("--allow-drop", action="store_true", help="drop operations that cannot be taken at all")
    parser.add_argument("--tolerant", action="store_true", help="leave out list elements that lack a required field")
    options = parser.parse_args(arguments)
    if not options.core.endswith("._core"):
        parser.error(f"--core is a module that is called _core, such as anyqpu_raw._core, not {options.core}")
    try:
        document = read_document(options.spec)
        without_effect: list[str] = []
        if options.overlay:
            document = apply_overlay(document, load(options.overlay), without_effect=without_effect)
        notes = write_client(
            document,
            options.out,
            strip_prefixes=tuple(options.strip_prefix),
            core=options.core,
            simplify=options.simplify,
            allow_drop=options.allow_drop,
            tolerant=options.tolerant,
        )
    except (RefusedError, ForeignFilesError) as error:
        print(error, file=sys.stderr)
        return 1
    except (OverlayError, jsonpath.JSONPathError, YAMLError) as error:
        print(f"{options.overlay}: {error}", file=sys.stderr)
        return 1
    except (OSError, ValueError, RuntimeError, GenerationError, UnsupportedDocumentError) as error:
        print(f"{options.spec}: {with_cures(str(error))}", file=sys.stderr)
        return 1
    for line in [*(f"{options.overlay}: {error}" for error in without_effect), *notes]:
        print(line)
    dropped = sum(note.kind == "dropped" for note in notes)
    count = len(operations(normalized(document).document)) - dropped
    print(f"{options.out}: {count} operations" + (f", {dropped} dropped" if dropped else ""))
    return 0


def write_client(document: dict[str, Any], out: Path, **options: Any) -> list[Note]:
    """Write the client into the folder `out` at once, or leave it as it is; the options are those of `Order`.

    Files that an earlier run wrote are replaced or removed, and others stay. Raises what `generate` does, and
    `ForeignFilesError` where another file has the name of one to write.
    """
    out = out.resolve()
    if out.exists() and not out.is_dir():
        raise ForeignFilesError(f"{out} is a file; name the folder of the package")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
        new = Path(folder) / "new" / out.name
        new.parent.mkdir()
        notes = generate(document, new, **options)
        format_code(new)
        manifest = {
            "written by": _NAME,
            "files": sorted([*_files(new), MANIFEST]),
            "notes": [str(note) for note in notes],
        }
        (new / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if out.exists():
            _keep_foreign_files(out, new)
            out.rename(Path(folder) / "old")
        try:
            new.rename(out)
        except OSError:
            (Path(folder) / "old").rename(out)
            raise
    return notes


def _keep_foreign_files(out: Path, new: Path) -> None:
    """Copy the files that no earlier run wrote."""
    foreign = _files(out) - _written_before(out / MANIFEST)
    if both := sorted(foreign & _files(new)):
        names = ", ".join(both[:5]) + (f" and {len(both) - 5} more" if len(both) > 5 else "")
        raise ForeignFilesError(f"{out} has files that this script did not write: {names}; move or delete them first")
    for name in foreign:
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(out / name, target, follow_symlinks=False)


def _written_before(manifest: Path) -> set[str]:
    """The files that an earlier run wrote; none where the manifest is another program's."""
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return set(entries["files"]) if isinstance(entries, dict) and entries.get("written by") == _NAME else set()


def _files(folder: Path) -> set[str]:
    """The files in a folder by their relative names, without byte code."""
    files = (file for file in folder.rglob("*") if file.is_symlink() or not file.is_dir())
    return {file.relative_to(folder).as_posix() for file in files if file.parent.name != "__pycache__"}


if __name__ == "__main__":
    sys.exit(main())
