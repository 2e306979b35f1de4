"""Write the package of a new provider: a distribution of its own, which anyqpu finds by its entry points.

    python -m scripts.new_provider acme --spec acme.yaml --out anyqpu-acme

`--update anyqpu-acme` generates its client again, from its document or from a newer one.

It imports, opens with `anyqpu.connect("acme")`, and calls every operation as `raw`. What a person has to write raises
"not implemented" with its name and file. See docs/new-provider.md. It runs in a clone of anyqpu's repository.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from jsonpath_rfc9535 import JSONPathError

from anyqpu.errors import ConfigError
from anyqpu_emulator.stub import BehaviourError
from scripts.generate import ForeignFilesError
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.new_provider.documents import update
from scripts.new_provider.files import write
from scripts.new_provider.names import check_name, check_out
from scripts.new_provider.source import read_source
from scripts.overlay import OverlayError
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.reading import RefusedError


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.new_provider", description="Write a provider's package.")
    parser.add_argument("name", help='name of the provider, as in anyqpu.connect("name")')
    parser.add_argument("--spec", type=Path, help="OpenAPI 3 document, JSON or YAML")
    parser.add_argument("--overlay", type=Path, help="corrections of the document, an OpenAPI Overlay")
    parser.add_argument("--out", type=Path, help="folder to make; anyqpu-NAME without it")
    parser.add_argument("--update", type=Path, metavar="DIR", help="generate the client of a package again, no more")
    parser.add_argument("--base-url", help="address of the API, where the document has none")
    parser.add_argument("--simplify", action="store_true", help="promise less than the document where that is needed")
    parser.add_argument("--allow-drop", action="store_true", help="drop operations that cannot be taken at all")
    options = parser.parse_args(arguments)
    if options.update is None and options.spec is None:
        parser.error("--spec is required for a new package")
    losses = {"simplify": options.simplify, "allow_drop": options.allow_drop}
    out: Path = (options.out or Path(f"anyqpu-{options.name}")).absolute()
    try:
        if options.update is not None:
            for note in update(options.name, options.update, options.spec, options.overlay, **losses):
                print(note)
            return 0
        check_name(options.name)
        check_out(out)
        source = read_source(options.name, options.spec, options.overlay, options.base_url)
        out.parent.mkdir(parents=True, exist_ok=True)
        # The folder appears when all of it is written.
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as temporary:
            folder = Path(temporary) / out.name
            report = write(source, folder, **losses)
            if out.exists():
                out.rmdir()
            shutil.move(folder, out)
    except (RefusedError, ForeignFilesError, OverlayError, JSONPathError, BehaviourError) as error:
        print(error, file=sys.stderr)
        return 1
    except ConfigError as error:
        print(error.message if error.hint is None else f"{error.message}. {error.hint}", file=sys.stderr)
        return 1
    except (OSError, ValueError, GenerationError, UnsupportedDocumentError) as error:
        print(f"{options.spec}: {with_cures(str(error))}", file=sys.stderr)
        return 1
    print("\n".join([*source.notes, *report]))
    print(f"{options.out or out.name}: a provider of {len(source.resources.routes)} operations; next: its README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
