"""What a provider's package has of its document: as received, corrected, and as a generated client."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.documents import operations, to_json, to_yaml
from scripts.generate import write_client
from scripts.new_provider.source import Source, read_source
from scripts.spec_changes.reading import RefusedError
from scripts.spec_changes.vendoring import digest_of


def update(name: str, folder: Path, spec: Path | None, overlay: Path | None, **options: Any) -> list[str]:
    """Generate the client of a package again, from its vendored document or a newer one; return what was changed.

    The code that its author wrote stays as it is.
    """
    specs = folder / "specs"
    present = next(iter(sorted(specs.glob("upstream.*"))), None)
    if present is None or not (folder / f"anyqpu_{name}").is_dir():
        raise RefusedError(f"{folder} has no package of {name}: give the folder that scripts.new_provider made")
    # The addresses of the cloud are in spec.py by now.
    source = read_source(name, spec or present, overlay or specs / "overlay.yaml", base_url="")
    notes = write_documents(source, folder, **options)
    return [*source.notes, *notes]


def write_documents(source: Source, folder: Path, **options: Any) -> list[str]:
    """Write the client, the corrected document and `specs/`; return what was changed for the client."""
    package = folder / f"anyqpu_{source.name}"
    notes = write_client(source.final, package / "raw" / source.name, core="anyqpu_raw._core", **options)
    (package / "final.json").write_text(to_json(source.final), encoding="utf-8")
    specs = folder / "specs"
    specs.mkdir(exist_ok=True)
    content = source.upstream.read_bytes()
    for earlier in specs.glob("upstream.*"):
        earlier.unlink()
    (specs / upstream_name(content)).write_bytes(content)
    (specs / "overlay.yaml").write_text(to_yaml(source.overlay), encoding="utf-8")
    facts = specs / "SOURCE.toml"
    present = tomllib.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    values = {**present, **_facts(source, content)}
    if present.get("sha256") == values["sha256"]:
        values |= {name: present[name] for name in ("origin", "retrieved")}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    facts.write_text("".join(lines), encoding="utf-8")
    return [str(note) for note in notes]


def upstream_name(content: bytes) -> str:
    """Return the name of a vendored document, by its format."""
    return "upstream.json" if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "upstream.yaml"


def _facts(source: Source, content: bytes) -> dict[str, Any]:
    info = source.final.get("info", {})
    return {
        "title": source.title,
        "version": str(info.get("version", "")),
        "origin": source.upstream.name,
        "retrieved": datetime.now(UTC).date().isoformat(),
        "file": upstream_name(content),
        "sha256": digest_of(content),
        "licence": str((info.get("license") or {}).get("name") or "not stated in the document"),
        "operations": len(operations(source.final)),
    }
