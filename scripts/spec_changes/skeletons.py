"""Drafts of the edits that an update needs, each with its file and place."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.regenerate import STRIP_PREFIXES
from scripts.spec_changes.compare import Change, Level
from scripts.spec_changes.impact import Coverage, Impact, level_of
from scripts.spec_changes.kinds import python_name
from scripts.spec_changes.surface import Gone, Method, Surface
from scripts.spec_changes.usage import readers, uses


def next_version(version: str, level: Level | None) -> str:
    """Return the version after a change; before 1.0 a break is a step of the second number."""
    if level is None:
        return version
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    if level is Level.MAJOR and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if level is Level.PATCH else f"{major}.{minor + 1}.0"


@dataclass(frozen=True)
class Skeletons:
    """Drafts edits for the layer of a provider below `root`, from its new client."""

    provider: str
    root: Path
    surface: Surface
    """Of the new client."""
    coverage: Coverage

    def text(self, impacts: Sequence[Impact], version: str) -> str:
        """Return the edits as Markdown, to copy from."""
        parts = [
            *self._statuses(impacts),
            *self._operations(impacts),
            *self._fields(impacts),
            *self._changelog(impacts),
            f"Version: {version} -> {next_version(version, level_of(impacts))}",
        ]
        return "\n\n".join(parts) + "\n"

    # Words of a status

    def _statuses(self, impacts: Sequence[Impact]) -> Iterator[str]:
        for impact in impacts:
            table = self.coverage.table_of(impact.change) if impact.unclassified else None
            if table is not None:
                kind = type(next(iter(table.values()))).__name__ if table else "JobStatus"
                lines = [f'    "{word}": {kind}.???,  # {impact.change.where}' for word in impact.unclassified]
                yield _edit(self._place_of_table(impact.change), lines)

    def _place_of_table(self, change: Change) -> str:
        file = self._layer / "states.py"
        names = {change.where, f"{change.where}.{change.subject}"}
        source = file.read_text(encoding="utf-8")
        named = next(
            (
                value.id
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.Dict)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in names and isinstance(value, ast.Name)
            ),
            "",
        )
        line = next((n for n, text in enumerate(source.splitlines(), 1) if re.match(rf"{named}\b", text)), 0)
        return f"{self._shown(file)}:{line}, in the table {named}" if named else self._shown(file)

    # Operations

    def _operations(self, impacts: Sequence[Impact]) -> Iterator[str]:
        by_id = {entry.id: entry for entry in self.surface.methods.values()}
        for impact in impacts:
            for entry in (by_id[id] for id in impact.uncovered if id in by_id):
                yield _edit(
                    f"{self._beside(entry, 'providers')}, or its id in raw_only.py with the reason", _method(entry)
                )
                yield _edit(self._beside(entry, "clouds"), _handler(entry))
                row = f"| {entry.id} | `{entry.method} {entry.path}` | `{self.provider}.{entry.name}` |"
                section = f"docs/operations.md, under {self.provider.capitalize()}"
                yield _edit(f"{section} (written by python -m scripts.operations_table)", [row], language="markdown")

    def _beside(self, entry: Method, package: str) -> str:
        """Return the file and line after what uses most operations of the same tag."""
        others = {other.name: other.id for other in self.surface.methods.values() if other.tag == entry.tag}
        del others[entry.name]
        lines = [
            use
            for use in uses(self.root, self.provider, self.surface, Gone(frozenset(others), frozenset(others.values())))
            if f"{package}/{self.provider}/" in use.file and not use.file.endswith("raw_only.py")
        ]
        if not lines:
            folder = self._layer if package == "providers" else Path("src/anyqpu_emulator/clouds") / self.provider
            return f"{self._shown(folder)}, in a file for the tag {entry.tag}"
        file = Counter(use.file for use in lines).most_common(1)[0][0]
        last = max(use.line for use in lines if use.file == file)
        return f"{file}:{_end_of_function(self.root / file, last) + 1}"

    # Fields

    def _fields(self, impacts: Sequence[Impact]) -> Iterator[str]:
        for impact in impacts:
            change = impact.change
            if change.kind != "field added" or re.search(r"[.\[{]", change.subject):
                continue
            model = self._class_of(change.where)
            name = self._attribute(model, change.subject)
            places = list(readers(self.root, self.provider, model)) if model and name else []
            for file, line, function in places[:1]:
                kind = self.surface.classes[model][name]
                others = f"; also {', '.join(f'{file}:{line}' for file, line, _ in places[1:4])}" if places[1:] else ""
                draft = f"        {name}=or_none(raw.{name}),  # {kind}"
                yield _edit(f"{file}:{line}, in {function}, if users need the field{others}", [draft])

    def _class_of(self, component: str) -> str:
        for prefix in STRIP_PREFIXES.get(self.provider, ()):
            component = component.removeprefix(prefix)
        plain = re.sub(r"[\W_]", "", component).lower()
        return next((name for name in self.surface.classes if name.lower() == plain), "")

    def _attribute(self, model: str, field: str) -> str:
        attributes = self.surface.classes.get(model, {})
        return next((name for name in (python_name(field), f"{python_name(field)}_") if name in attributes), "")

    def _changelog(self, impacts: Sequence[Impact]) -> Iterator[str]:
        lines: list[str] = []
        for impact in impacts:
            change = impact.change
            if change.level is Level.PATCH:
                continue
            summary = f"{change.kind} `{change.where}`" + (f" `{change.subject}`" if change.subject else "")
            breaks = " (breaking)" if change.level is Level.MAJOR else ""
            detail = f" ({change.detail})" if change.detail else ""
            lines.append(f"- {self.provider.capitalize()}: {summary}{detail}{breaks}.")
        if lines:
            yield _edit("CHANGELOG.md, under Unreleased", lines, language="markdown")

    @property
    def _layer(self) -> Path:
        return self.root / "src" / "anyqpu" / "providers" / self.provider

    def _shown(self, path: Path) -> str:
        return (path.relative_to(self.root) if path.is_absolute() else path).as_posix()


def _edit(place: str, lines: Sequence[str], *, language: str = "python") -> str:
    return f"{place}:\n\n```{language}\n" + "\n".join(lines) + "\n```"


def _method(entry: Method) -> list[str]:
    """Return a method with the parameters and the result of the raw one."""
    plain = [f"{name}: {kind}" for name, kind in entry.by_position.items()]
    named = [f"{name}: {kind}" for name, kind in entry.by_name.items()]
    passed = [*entry.by_position, *(f"{name}={name}" for name in entry.by_name)]
    signature = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    return [
        f"    async def {entry.name}({signature}) -> {entry.returns}:",
        f'        """Return ... ({entry.id})."""',
        f"        return await self.raw.{entry.name}({', '.join(passed)})",
    ]


def _handler(entry: Method) -> list[str]:
    return [
        f'    @handles("{entry.id}")',
        f"    async def _{entry.name}(self, request: Request) -> Response:",
        f"        # {entry.method} {entry.path} -> {entry.returns}",
        f'        raise ProblemError(501, "{entry.id} is not emulated")',
    ]


def _end_of_function(file: Path, line: int) -> int:
    """Return the last line of the function that has a line, with its decorators."""
    ends = [
        node.end_lineno or line
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and min([node.lineno, *(item.lineno for item in node.decorator_list)]) <= line <= (node.end_lineno or line)
    ]
    return max(ends, default=line)
