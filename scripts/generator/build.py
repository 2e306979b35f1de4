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

from scripts.generator import SHARED, TEMPLATES, operations
from scripts.generator.errors import GenerationError
from scripts.generator.expressions import Expressions, is_nullable
from scripts.generator.notes import Note
from scripts.generator.prepare import prepare
from scripts.generator.words import name_words


def generate(
    document: dict[str, Any], out: Path, *, strip_prefixes: tuple[str, ...] = (), core: str = ".._core"
) -> list[Note]:
    """Write the client of a document to the folder `out`, which is replaced, and the shared modules.

    `core` is the module that it shares with other clients, as the package's own modules would import it: `.._core` is
    written into the parent folder, `._core` into `out`, and `other.module` is there already.
    """
    document, notes = prepare(document, strip_prefixes=strip_prefixes)
    name_words(document)
    shutil.rmtree(out, ignore_errors=True)
    config = _config(out)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.json"
        source.write_text(json.dumps(document), encoding="utf-8")
        config.document_source = source
        data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(_describe([data]))
    endpoints = [
        endpoint for collection in data.endpoint_collections_by_tag.values() for endpoint in collection.endpoints
    ]
    problems = [error for collection in data.endpoint_collections_by_tag.values() for error in collection.parse_errors]
    if problems or data.errors:
        raise GenerationError(_describe([*problems, *data.errors]))
    expressions = Expressions(data.models)
    views = operations.views(document, endpoints, config, expressions)
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
        secrets_of=_secrets,
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
    lines = []
    for error in errors:
        data = getattr(error, "data", None)
        place = json.dumps(data.model_dump(mode="json", exclude_none=True))[:300] if data else ""
        lines.append(f"{error.header}: {error.detail or ''}" + (f"\n  at {place}" if place else ""))
    return "\n".join(lines)


def _plain(value: Any) -> str:
    """The text of a string that came from the document."""
    return value.get_untrusted_value() if hasattr(value, "get_untrusted_value") else str(value)


def _secrets(model: ModelProperty) -> list[str]:
    """Return the attributes whose values are never shown: those of `format: password`, and models that have some.

    A value that is not the model that it should be is kept as it was sent, with what would be hidden in the model.
    """
    declared = model.data.properties or {}
    secret = {
        _plain(name)
        for name, schema in declared.items()
        if _plain(getattr(schema, "schema_format", None)) == "password"
    }
    both = (model.required_properties or []) + (model.optional_properties or [])
    return [
        str(prop.python_name)
        for prop in both
        if _plain(prop.name) in secret or (isinstance(prop, ModelProperty) and prop is not model and _secrets(prop))
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
    return _wrap(_plain(prop_or_text), indent).strip()


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
