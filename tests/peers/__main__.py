"""Drive released official clients, unmodified, against the running emulator.

python -m tests.peers                  all of them
python -m tests.peers kipu pasqal      some
python -m tests.peers --small          not those that take hundreds of megabytes
python -m tests.peers --keep URL kipu  against an emulator that runs already

Each client has an environment of its own below build/peers, made once. The exit code is 1 if a step failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.peers.clients import PEERS, Peer
from tests.peers.environments import BUILD, emulator, installed, interpreter, printed

HERE = Path(__file__).resolve().parent
# Prefixes of variables that would send a client to another address or a proxy.
# They obey it for this machine too, whatever NO_PROXY says.
FOREIGN = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
    "SCW_",
    "QCS_",
    "PASQAL_",
    "QHUB_",
    "KQH_",
    "PLANQK_",
    "KIPU_",
    "QISKIT_SCALEWAY_",
    "CIRQ_",
    "PULSER_",
)


def main(arguments: list[str]) -> int:
    """Install, drive, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description="drive the clouds' own clients")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(peer.name for peer in PEERS))
    parser.add_argument("--small", action="store_true", help="leave out what takes hundreds of megabytes")
    parser.add_argument("--keep", metavar="URL", help="an emulator that runs already")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {peer.name for peer in PEERS}
    if unknown:
        parser.error(f"unknown client {', '.join(sorted(unknown))}; there are {', '.join(peer.name for peer in PEERS)}")
    chosen = [
        peer
        for peer in PEERS
        if (peer.name in options.names or not options.names) and not (options.small and peer.large)
    ]
    rows = [(peer, *outcome(peer, options.keep)) for peer in chosen]
    print()
    for peer, verdict, seconds in rows:
        print(f"{peer.name:<16} {verdict:<24} {seconds:4.0f} s  {', '.join(peer.packages)}")
    return 1 if any(verdict.startswith("failed") for _, verdict, _ in rows) else 0


def outcome(peer: Peer, url: str | None) -> tuple[str, float]:
    """Return the verdict, and the seconds it took without the installation."""
    print(f"\n{peer.name}: {', '.join(peer.packages)}", flush=True)
    base = interpreter(peer.python)
    if base is None:
        wanted = ".".join(map(str, peer.python))
        print(f"  skipped: it needs Python {wanted}, which is not on PATH")
        return f"skipped, no Python {wanted}", 0.0
    try:
        python = installed(BUILD / "peers" / (peer.environment or peer.name), peer.packages, base)
    except subprocess.CalledProcessError:
        return "failed to install", 0.0
    began = time.monotonic()
    if url is not None:
        return drive(peer, python, url), time.monotonic() - began
    # Each driver has an emulator of its own.
    with emulator(strict=peer.strict) as own:
        return drive(peer, python, own), time.monotonic() - began


def drive(peer: Peer, python: Path, url: str) -> str:
    """Run the driver, printing its steps as they end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment |= {
        "ANYQPU_EMULATOR": url,
        # What the emulator prints for the clouds' own clients.
        "ANYQPU_EMULATOR_PRINTED": printed(url),
        "NO_PROXY": "127.0.0.1",
        "PYTHONWARNINGS": "ignore",
        "HOME": str(python.parent),
    }
    command = [python, HERE / peer.driver, *peer.arguments]
    passed = failed = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            passed += line.startswith("  ok ")
            failed += line.startswith("  FAILED ")
    if failed:
        return f"failed: {failed} of {passed + failed} steps"
    if process.returncode or not passed:
        return f"failed: exit code {process.returncode}"
    return f"passed: {passed} steps"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
