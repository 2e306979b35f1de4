"""The sources of a release: from its tag, or from the file that the release has written.

The file has the sources without docstrings and without what functions do, which is all that a comparison needs.
"""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SNAPSHOT = ROOT / "api" / "released.json"
SOURCE = "src/anyqpu"
_TAG = re.compile(r"v\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Release:
    """A version, its sources by their names from the package on, and where they were found."""

    version: str
    files: Mapping[str, str]
    where: str


def read_tree(root: Path = ROOT) -> dict[str, str]:
    """The sources as they stand."""
    folder = root / SOURCE
    return {
        f"anyqpu/{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }


def last_release(root: Path = ROOT, snapshot: Path = SNAPSHOT) -> Release | None:
    """The last release before what is checked out: its tag, or else the file; None before the first."""
    tags = _git(root, "tag", "--merged", "HEAD", "--sort=-v:refname") or b""
    tag = next((each for each in tags.decode().split() if _TAG.fullmatch(each)), None)
    if tag is not None and (packed := _git(root, "archive", tag, SOURCE)) is not None:
        return Release(tag.removeprefix("v"), _unpacked(packed), f"tag {tag}")
    if not snapshot.exists():
        return None
    kept = json.loads(snapshot.read_text(encoding="utf-8"))
    return Release(
        kept["version"], {name: "\n".join(lines) for name, lines in kept["files"].items()}, f"file {snapshot.name}"
    )


def write(version: str, files: Mapping[str, str], snapshot: Path = SNAPSHOT) -> None:
    """Write a release down."""
    snapshot.parent.mkdir(exist_ok=True)
    lines = {name: outline(source).splitlines() for name, source in files.items()}
    text = json.dumps({"version": version, "files": lines}, indent=1, ensure_ascii=False)
    snapshot.write_text(f"{text}\n", encoding="utf-8")


def outline(source: str) -> str:
    """A module without docstrings and without what its functions do, but for the attributes that `__init__` sets."""
    return ast.unparse(_Outline().visit(ast.parse(source)))


class _Outline(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str) else node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        kept = [each for each in node.body if _sets_attribute(each)] if node.name == "__init__" else []
        node.body = kept or [ast.Expr(ast.Constant(...))]
        return node


def _sets_attribute(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
    return any(isinstance(each, ast.Attribute) for each in targets)


def _unpacked(packed: bytes) -> dict[str, str]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {
            member.name.removeprefix("src/"): file.read().decode()
            for member in archive.getmembers()
            if member.name.endswith(".py") and (file := archive.extractfile(member)) is not None
        }


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
