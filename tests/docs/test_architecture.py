"""The packages import each other as docs/architecture.md shows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "src").rglob("*.py"), *(ROOT / "generated").rglob("*.py")]
CLOUDS = ("scaleway", "kipu", "pasqal", "rigetti")


def module_of(file: Path) -> str:
    root = ROOT / "src" if file.is_relative_to(ROOT / "src") else ROOT / "generated"
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever in the file that stands."""
    package = module_of(file).split(".")
    if file.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


IMPORTS = {module_of(file): set(imports_of(file)) for file in FILES}


def importers(package: str) -> set[str]:
    """The modules that import a package or something in it."""
    return {
        module
        for module, names in IMPORTS.items()
        if any(name == package or name.startswith(f"{package}.") for name in names)
    }


def test_httpx_is_imported_in_one_file() -> None:
    assert importers("httpx") == {"anyqpu.transport.http"}


def test_the_emulator_imports_nothing_of_the_client() -> None:
    """Nor does it read programs with the client's code: an error that both make would not show."""
    for package in ("anyqpu", "anyqpu_raw", "anyqpu_programs", "openqasm"):
        assert not {module for module in importers(package) if module.startswith("anyqpu_emulator")}


def test_programs_are_parsed_by_one_library_in_one_file() -> None:
    text = {file: file.read_text(encoding="utf-8") for file in (ROOT / "src" / "anyqpu_programs").rglob("*.py")}
    assert [file.name for file, code in text.items() if 'import_module("openqasm")' in code] == ["source.py"]
    assert not importers("openqasm")


def test_the_client_reaches_the_emulator_in_one_place_and_lazily() -> None:
    assert not {module for module in importers("anyqpu_emulator") if not module.startswith("anyqpu_emulator")}
    text = (ROOT / "src" / "anyqpu" / "_emulator.py").read_text()
    assert 'import_module(f"anyqpu_emulator.{module}")' in text


def test_the_model_reaches_its_pictures_in_one_place_and_lazily() -> None:
    model = ROOT / "src" / "anyqpu" / "model"
    there = {file.name for file in model.rglob("*.py") if "import_module(" in file.read_text(encoding="utf-8")}
    # `objects` finds the classes of users' program objects.
    assert there == {"pictured.py", "objects.py"}
    assert 'import_module("anyqpu_pictures")' in (model / "pictured.py").read_text(encoding="utf-8")
    others = {module for module in importers("anyqpu_pictures") if not module.startswith("anyqpu_pictures")}
    assert all(module == "anyqpu.pictures" or module.startswith("anyqpu_cli") for module in others)
    code = (
        "import sys, anyqpu.model.result, anyqpu.model.batch, anyqpu.model.calibration, anyqpu.model.device;"
        "print(sorted(name for name in sys.modules if name.startswith(('anyqpu_pictures', 'matplotlib', 'numpy'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=True)
    assert done.stdout.strip() == "[]"


def test_matplotlib_is_imported_only_where_figures_are_drawn() -> None:
    drawing = {f"anyqpu_pictures.{name}" for name in ("canvas", "bar_charts", "results", "timelines", "topologies")}
    # The others name its types, for checkers alone.
    naming = {"anyqpu_pictures", *(f"anyqpu.model.{name}" for name in ("counts", "result", "calibration"))}
    assert importers("matplotlib") == drawing | naming
    code = (
        "import sys, anyqpu; anyqpu.pictures.histogram({'0': 1}); import anyqpu_pictures.notebook;"
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=True)
    assert done.stdout.strip() == "False"


def test_generated_code_imports_nothing_of_the_client() -> None:
    assert not {module for module in importers("anyqpu") if module.startswith("anyqpu_raw")}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_providers_do_not_import_each_other(cloud: str) -> None:
    own = f"anyqpu.providers.{cloud}"
    others = {module for module in importers(own) if module.startswith("anyqpu.providers.")}
    assert all(module.startswith(own) for module in others)
    raw = {module for module in importers(f"anyqpu_raw.{cloud}") if module.startswith("anyqpu.")}
    assert all(module.startswith(own) for module in raw)


@pytest.mark.parametrize(
    ("package", "may_import"),
    [
        ("anyqpu._json", ()),
        ("anyqpu.errors", ("anyqpu._json",)),
        ("anyqpu._checks", ("anyqpu.errors",)),
        ("anyqpu._files", ()),
        ("anyqpu.model", ("anyqpu._checks", "anyqpu._json", "anyqpu.errors", "anyqpu.model")),
        (
            "anyqpu.transport",
            ("anyqpu._checks", "anyqpu._files", "anyqpu._version", "anyqpu.drift", "anyqpu.errors", "anyqpu.transport"),
        ),
        ("anyqpu.waiting", ("anyqpu.errors", "anyqpu.model.polling", "anyqpu.waiting")),
        ("anyqpu.paging", ("anyqpu.errors", "anyqpu.paging", "anyqpu.transport.exchange")),
        ("anyqpu_programs", ("anyqpu.errors", "anyqpu.model")),
        ("anyqpu_pictures", ("anyqpu.errors", "anyqpu.model")),
    ],
)
def test_a_package_imports_only_packages_below_it(package: str, may_import: tuple[str, ...]) -> None:
    for module, names in IMPORTS.items():
        if module == package or module.startswith(f"{package}."):
            wrong = {
                name
                for name in names
                if name.startswith("anyqpu.")
                and not any(name == allowed or name.startswith(f"{allowed}.") for allowed in may_import)
            }
            assert not wrong, f"{module} imports {wrong}"


def test_the_page_and_its_drawing_show_every_package() -> None:
    names = {path.stem for path in (ROOT / "src" / "anyqpu").iterdir() if path.is_dir() or path.suffix == ".py"}
    packages = {name for name in names if not name.startswith("_")}
    assert len(packages) > 12
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(\w+)`", table)) == packages
    drawing = (ROOT / "docs" / "assets" / "architecture.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r"[\w]+", " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", drawing))))
    assert packages | set(CLOUDS) <= drawn


def test_nothing_imports_the_command_line() -> None:
    assert all(module.startswith(("anyqpu_cli", "anyqpu.__main__")) for module in importers("anyqpu_cli"))


def test_nothing_imports_the_testing_kit() -> None:
    assert all(module.startswith("anyqpu.testing") for module in importers("anyqpu.testing"))
    for_pytest = ("anyqpu.testing.fixtures", "anyqpu.testing.contract")
    assert all(module.startswith(for_pytest) for module in importers("pytest"))


def test_hand_written_files_stay_short() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in [*(ROOT / "src").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert not long
