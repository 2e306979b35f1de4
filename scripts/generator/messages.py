"""Python messages of the gRPC services in `specs/<provider>/grpc`, written to `generated/anyqpu_grpc`.

protoc parses the documents and writes the types. The messages are made from its descriptors when they are imported, in
a pool of their own: what protoc's own Python code would add is that it refuses, or warns of, versions of protobuf
other than its own, and that its names clash with those of other packages in the same process.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from scripts.documents import PROVIDERS, SPECS
from scripts.generator import environment
from scripts.generator.errors import GenerationError
from scripts.generator.process import format_code

PACKAGE = Path("generated/anyqpu_grpc")
# Runs with the generator's Python: prints the modules' texts as JSON, from a descriptor set.
_READER = Path(__file__).with_name("descriptors.py")


def documents(provider: str, specs: Path = SPECS) -> list[Path]:
    """The documents of a provider's gRPC services."""
    return sorted((specs / provider / "grpc").glob("*.proto"))


def sources(specs: Path = SPECS) -> list[Path]:
    """Everything that the messages are made from."""
    return [*(file for provider in PROVIDERS for file in documents(provider, specs)), Path(__file__), _READER]


def write_messages(root: Path, specs: Path = SPECS) -> None:
    """Write the package with the messages of all providers below `root`, which stands for the repository.

    Raises:
        GenerationError: protoc refused a document.
    """
    environment.ensure()
    package = root / PACKAGE
    for provider in PROVIDERS:
        if files := documents(provider, specs):
            _write_provider(package / provider, provider, files)
    (package / "__init__.py").write_text(
        '"""Messages of the clouds\' gRPC services. Written by scripts from the documents in `specs`."""\n'
    )
    (package / "py.typed").write_text("")
    format_code(package)


def _write_provider(out: Path, provider: str, files: list[Path]) -> None:
    out.mkdir(parents=True)
    virtual = f"{PACKAGE.name}/{provider}"
    with tempfile.TemporaryDirectory() as folder:
        types, descriptors = Path(folder) / "types", Path(folder) / "descriptors"
        types.mkdir()
        _run(
            *("-m", "grpc_tools.protoc", f"--proto_path={virtual}={files[0].parent}", f"--pyi_out={types}"),
            *(f"--descriptor_set_out={descriptors}", "--include_imports"),
            *(f"{virtual}/{file.name}" for file in files),
        )
        for file in (types / virtual).iterdir():
            # As protoc has it, strict type checkers refuse it.
            text = file.read_text(encoding="utf-8").replace(", _Mapping]", ", _Mapping[str, object]]")
            (out / file.name).write_text(text, encoding="utf-8")
        _run(str(_READER), str(descriptors), virtual, str(out))


def _run(*arguments: str) -> None:
    command = [str(environment.PYTHON), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise GenerationError(f"protoc failed:\n{done.stdout}{done.stderr}")
