"""Draw terminals of 60 and 80 columns with the output of commands, for docs/assets.

    python -m scripts.terminal_pictures

The commands run on pseudo-terminals of these widths, against an emulator.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

from anyqpu_emulator.server import running

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "docs" / "assets"
COMMAND = [sys.executable, "-c", "from anyqpu_cli import main; main()"]
WIDTHS = (60, 80)
SUBMITS = (
    ("bell.qasm", "kipu:kipu.sim.qsim"),
    ("ghz3.qasm", "scaleway:EMU-AER-16C-128M"),
    ("blockade.json", "pasqal:EMU_FREE"),
)
SHOWN = (["devices", "scaleway"], ["jobs"], ["sessions", "scaleway"])


def on_terminal(words: list[str], columns: int, environment: dict[str, str]) -> str:
    """Return what a command prints on a terminal, with its colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen([*COMMAND, *words], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        pieces: list[bytes] = []
        # Linux raises it when the other end is closed.
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 4096):
                pieces.append(piece)
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def picture(columns: int, environment: dict[str, str]) -> str:
    """Return the commands and their output as SVG."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    for words in SHOWN:
        console.print(f"[bold green]$[/] [bold]anyqpu {' '.join(words)}[/]", highlight=False)
        console.print(Text.from_ansi(on_terminal(words, columns, environment).rstrip("\n")))
    svg = console.export_svg(title=f"{columns} columns", unique_id=f"terminal-{columns}")
    # The page loads nothing from other hosts, so the reader's own monospaced font is used.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", svg.replace("Fira Code", "ui-monospace"), flags=re.MULTILINE) + "\n"


def main() -> int:
    """Write the pictures."""
    with running(speed="instant", seed=7) as url:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANYQPU_", "COLUMNS"))}
        environment = {**kept, "TERM": "xterm-256color", "ANYQPU_EMULATOR": url}
        environment.pop("NO_COLOR", None)
        for name, device in SUBMITS:
            words = ["submit", str(ROOT / "examples" / name), "--device", device, "--shots", "500", "--quiet"]
            subprocess.run([*COMMAND, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
        for columns in WIDTHS:
            file = ASSETS / f"terminal-{columns}.svg"
            file.write_text(picture(columns, environment), encoding="utf-8")
            print(file.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
