"""Replace a vendored document, and put the earlier one back."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.documents import operations
from scripts.spec_changes.reading import RefusedError
from scripts.spec_changes.received import TABLE, Received
from scripts.spec_changes.shapes import Document

SOURCE = "SOURCE.toml"
EARLIER = "earlier"
ASIDE = "overlay-set-aside.yaml"
# Share of operations in common below which a document is of another API.
COMMON = 0.2


def check_same_api(document: Mapping[str, Any], provider: str, documents: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse a document that has almost no operation of the one it replaces."""
    shares = {name: _share(document, other) for name, other in documents.items()}
    if shares[provider] >= COMMON:
        return
    nearest = max(shares, key=lambda name: shares[name])
    hint = f"; it is similar to {nearest}'s" if shares[nearest] >= COMMON else ""
    raise RefusedError(f"not a document of {provider}: it has {shares[provider]:.0%} of the operations{hint}")


def _share(new: Mapping[str, Any], old: Mapping[str, Any]) -> float:
    def keys(document: Mapping[str, Any]) -> set[tuple[str, str]]:
        return {(method, path.rstrip("/")) for method, path, _ in operations(dict(document))}

    before = keys(old)
    ids = {shape.id for shape in Document(old).operations.values()}
    same_ids = len(ids & set(Document(new).operations))
    return max(len(before & keys(new)) / len(before), same_ids / len(ids))


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def vendor(
    folder: Path, file: Path, received: Received, *, origin: str, operations_added: int = 0, simplify: bool = False
) -> None:
    """Put a document into a provider's folder, and move the present files to `earlier/<hash>`.

    What SOURCE.toml has about other files of the folder, and about where a newer document is found, stays. `simplify`
    lets the client promise less than the document.
    """
    content, document = file.read_bytes(), received.document
    before = read_source(folder)
    kept = folder / EARLIER / before["sha256"][:8]
    # The same document may have been replaced before.
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for path in list(folder.iterdir()):
        if path.is_file():
            shutil.copy2(path, kept / path.name)
    for name in ("openapi.yaml", ASIDE, TABLE):
        (folder / name).unlink(missing_ok=True)
    next(folder.glob("upstream.*")).unlink()
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    name = f"upstream.{'txt' if received.restored is not None else 'json' if is_json else 'yaml'}"
    (folder / name).write_bytes(content)
    info = document.get("info") or {}
    source: dict[str, Any] = {
        "title": str(info.get("title", "")),
        "version": str(info.get("version", "")),
        "origin": origin,
        "retrieved": datetime.now(UTC).date().isoformat(),
        "file": name,
        "sha256": digest_of(content),
        "licence": str((info.get("license") or {}).get("name") or "not stated in the document"),
        "operations": len(operations(document)),
        "schemas": len(document.get("components", {}).get("schemas") or {}),
        "replaces": before["sha256"][:8],
    }
    if operations_added:
        source["operations_added"] = operations_added
    if simplify:
        source["simplify"] = True
    if received.table is not None:
        (folder / TABLE).write_bytes(received.table)
        source |= {"operations_file": TABLE, "operations_sha256": digest_of(received.table)}
    others = [key.removesuffix("_file") for key in before if key.endswith("_file") and before[key] != TABLE]
    source |= {key: value for key, value in before.items() if key == "watch" or key.partition("_")[0] in others}
    (folder / SOURCE).write_text(_toml(source), encoding="utf-8")


def read_source(folder: Path) -> dict[str, Any]:
    """Return the SOURCE.toml of a provider's folder."""
    return tomllib.loads((folder / SOURCE).read_text(encoding="utf-8"))


def _toml(values: Mapping[str, Any]) -> str:
    """Write TOML: plain values, then tables of plain values. JSON's texts and numbers are TOML's too."""
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for name, table in values.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *_toml(table).splitlines()]
    return "\n".join(lines) + "\n"


def put_back(folder: Path) -> str:
    """Undo the last `vendor`, and return the hash of the restored document."""
    replaces = read_source(folder).get("replaces")
    if not replaces or not (folder / EARLIER / replaces).is_dir():
        raise RefusedError(f"{folder.name} has no earlier document to restore")
    kept = folder / EARLIER / replaces
    for path in list(folder.iterdir()):
        if path.is_file():
            path.unlink()
    for path in kept.iterdir():
        shutil.copy2(path, folder / path.name)
    shutil.rmtree(kept)
    if not any((folder / EARLIER).iterdir()):
        (folder / EARLIER).rmdir()
    return str(replaces)
