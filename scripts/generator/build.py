"""Run openapi-python-client on a prepared document with our templates, and finish what it leaves undone."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import fill
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.strings import safe_for_docstring

from scripts.generator import SHARED, TEMPLATES, operations, repairs
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.generator.expressions import Expressions, is_nullable
from scripts.generator.notes import Note
from scripts.generator.prepare import prepare
from scripts.generator.relax import message, relaxed
from scripts.generator.repairs import rename_reserved
from scripts.generator.words import name_words


def generate(
    document: dict[str, Any],
    out: Path,
    *,
    strip_prefixes: tuple[str, ...] = (),
    core: str = ".._core",
    simplify: bool = False,
    allow_drop: bool = False,
    tolerant: bool = False,
) -> list[Note]:
    """Write the client of a document to the folder `out`, which is replaced, and the shared modules.

    `core` is the module that it shares with other clients, as the package's own modules would import it: `.._core` is
    written into the parent folder, `._core` into `out`, and `other.module` is there already. Returns what was changed
    in the document; `simplify` and `allow_drop` say what may be lost. A `tolerant` client leaves out elements of lists
    that lack a required field.
    """
    document, notes = prepare(document, strip_prefixes=strip_prefixes, simplify=simplify, allow_drop=allow_drop)
    name_words(document)
    config = _config(out)
    while True:
        data, problems = _parsed(document, config)
        if not problems:
            expressions = Expressions(data.models, tolerant=tolerant)
            endpoints = [one for tag in data.endpoint_collections_by_tag.values() for one in tag.endpoints]
            break
        steps = relaxed(document, problems, simplify=simplify, allow_drop=allow_drop)
        if not steps:
            raise GenerationError(_describe(problems))
        notes += steps
    rename_reserved(data, config)
    views = operations.views(document, endpoints, config, expressions)
    for view in views if simplify else ():
        try:
            _ = view.pages
        except UnsupportedDocumentError as error:
            notes.append(Note("simplified", f"{view.method} {view.path}", f"without a pager, since {error}"))
            view.raw["x-pages"] = False
    shutil.rmtree(out, ignore_errors=True)
    # Objects without fields are dictionaries; a class for each would only be in the way.
    data.models = sorted((m for m in data.models if not expressions.is_map(m)), key=lambda m: m.class_info.module_name)
    data.enums = sorted(data.enums, key=lambda enum: enum.class_info.module_name)

    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    by_name = {view.name: view for view in views}
    project.env.globals.update(
        expressions=expressions,
        is_nullable=is_nullable,
        views=views,
        view_of=lambda endpoint: by_name[str(endpoint.name)],
        secrets_of=lambda model: _secrets(model, expressions),
        doc=_doc,
        operation_doc=_operation_doc,
        paged=[view for view in views if view.pages],
        plain=_plain,
        api=out.name,
        core=lambda depth, name="_core": _module(core, depth, name),
    )
    # It prints where it writes; only its warnings are of interest, and those are raised.
    with redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise GenerationError(_describe(errors))
    _finish(project, out)
    if core.startswith("."):
        folder = out if core == "._core" else out.parent
        for source, name in SHARED.items():
            (folder / name).write_bytes((TEMPLATES / source).read_bytes())
    return notes


def _module(core: str, depth: int, name: str) -> str:
    """The name by which a module `depth` folders below the package imports one that clients share."""
    return "." * (depth if core.startswith(".") else 0) + core.removesuffix("_core") + name


def _parsed(document: dict[str, Any], config: Config) -> tuple[GeneratorData, list[GeneratorError]]:
    """What openapi-python-client makes of a document, and all that it refuses."""
    with tempfile.TemporaryDirectory() as folder, repairs.applied():
        config.document_source = Path(folder) / "document.json"
        config.document_source.write_text(json.dumps(document), encoding="utf-8")
        data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(_describe([data]))
    by_tag = data.endpoint_collections_by_tag.values()
    return data, [*(error for collection in by_tag for error in collection.parse_errors), *data.errors]


def _config(out: Path) -> Config:
    # No post hooks: the formatter is called below with a configuration of its own, and its failure is ours to report.
    return Config.from_sources(
        ConfigFile(post_hooks=[]),
        MetaType.NONE,
        document_source=out,
        file_encoding="utf-8",
        overwrite=True,
        output_path=out,
    )


def _finish(project: Project, out: Path) -> None:
    (out / "errors.py").unlink()
    names = ["operations", "pages"] if project.env.globals["paged"] else ["operations"]
    for name in names:
        (out / f"{name}.py").write_text(project.env.get_template(f"{name}.py.jinja").render(), encoding="utf-8")
    (out / "py.typed").write_text("", encoding="utf-8")


def _describe(errors: Iterable[GeneratorError]) -> str:
    lines: list[str] = []
    for error in errors:
        data = getattr(error, "data", None)
        place = json.dumps(data.model_dump(mode="json", exclude_none=True))[:300] if data else ""
        lines.append(message(error) + (f"\n  at {place}" if place else ""))
    return "\n".join(lines)


def _plain(value: Any) -> str:
    """The text of a string that came from the document."""
    return value.get_untrusted_value() if hasattr(value, "get_untrusted_value") else str(value)


def _secrets(model: ModelProperty, expressions: Expressions, seen: tuple[Any, ...] = ()) -> list[str]:
    """Return the attributes whose values are never shown: those of `format: password`, and models that have some.

    A value that is not the model that it should be is kept as it was sent, with what would be hidden in the model.
    """
    declared = model.data.properties or {}
    secret = {
        _plain(name)
        for name, schema in declared.items()
        if _plain(getattr(schema, "schema_format", None)) == "password"
    }
    name = model.class_info.name
    return [
        str(prop.python_name)
        for key, prop in expressions.fields_of(model).items()
        if key in secret
        or (
            isinstance(prop, ModelProperty)
            and prop.class_info.name not in (*seen, name)
            and _secrets(expressions.model_of(prop), expressions, (*seen, name))
        )
    ]


def _wrap(text: str, indent: int, hanging: int = 0) -> str:
    """Text of the document, safe inside a docstring, wrapped and indented; its own paragraphs are kept."""
    paragraphs = [line.strip() for line in safe_for_docstring(text).strip().splitlines()]
    pad = " " * indent
    lines = [
        fill(
            line,
            112,
            initial_indent=pad,
            subsequent_indent=pad + " " * hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in paragraphs
    ]
    return "\n".join(lines)


def _doc(prop_or_text: Any, indent: int = 4) -> str:
    text = _wrap(_plain(prop_or_text), indent).strip()
    # A docstring cannot end in the quote that closes it.
    return text[:-1] + '\\"' if text.endswith('"') else text


def _operation_doc(view: operations.OperationView, indent: int = 8, keyword_parameters: list[Any] | None = None) -> str:
    """The docstring of a raw method: what the document says, the request, and each parameter that it describes."""
    keywords = view.keyword_parameters if keyword_parameters is None else keyword_parameters
    raw, pad = view.raw, " " * indent
    summary = raw.get("summary") or raw.get("description") or raw["operationId"]
    parts = [_wrap(summary, indent).strip()]
    if raw.get("summary") and raw.get("description") and raw["description"].strip() != raw["summary"].strip():
        parts.append(_wrap(raw["description"], indent))
    source = f"`{view.method} {view.path}` ({raw['operationId']})"
    if raw.get("deprecated"):
        source += ", deprecated"
    if confidence := raw.get("x-path-confidence"):
        source += f"; path {confidence}"
    parts.append(pad + source + ".")
    described = [
        _wrap(f"{parameter.python_name}: {text}", indent + 4, 4)
        for parameter, text in view.described_parameters(keywords)
    ]
    if described:
        parts.append(f"{pad}Args:\n" + "\n".join(described))
    text = "\n\n".join(parts)
    # A docstring cannot end in the quote that closes it.
    return text + "\n" + pad if len(parts) > 1 or text.endswith('"') else text
