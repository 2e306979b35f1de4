"""Try this library and others in the same situations, each against an emulator of its own.

python -m scripts.comparison                 all of them: a table, and scripts/comparison/seen.json
python -m scripts.comparison pasqal kipu     some: what they say, and nothing is written

Each library has an environment of its own below build/peers, made once (half a gigabyte for all).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts.comparison.table import PAGE, SEEN, table, with_table
from scripts.peers.__main__ import _FOREIGN
from scripts.peers.clients import Peer
from scripts.peers.environments import BUILD, emulator, installed

HERE = Path(__file__).parent
SUBJECTS = (
    Peer("anyqpu", (), "probe_anyqpu.py"),
    Peer("scaleway", ("scaleway-async==2.12.0",), "probe_scaleway.py"),
    Peer("kipu", ("qhub-api==3.3.0",), "probe_kipu.py"),
    Peer("pasqal", ("pasqal-cloud==0.24.0", "pulser-core==1.9.1"), "probe_pasqal.py"),
    Peer("rigetti", ("qcs-api-client==0.27.8",), "probe_rigetti.py"),
    Peer("qbraid", ("qbraid==0.13.0", "pasqal-cloud==0.24.0", "pulser-core==1.9.1"), "probe_qbraid.py"),
)


def main(arguments: list[str]) -> None:
    """Probe, print, and write what was seen where everybody was tried."""
    chosen = [subject for subject in SUBJECTS if not arguments or subject.name in arguments]
    seen = {subject.name: findings(subject) for subject in chosen}
    print(table(seen) if len(chosen) == len(SUBJECTS) else json.dumps(seen, indent=1))
    if len(chosen) == len(SUBJECTS):
        SEEN.write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), table(seen)), encoding="utf-8")


def findings(subject: Peer) -> dict[str, Any]:
    """What a probe says, by question."""
    # This library is tried as it is here.
    python = (
        installed(BUILD / "peers" / subject.name, subject.packages, sys.executable)
        if subject.packages
        else Path(sys.executable)
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    with emulator() as url:
        environment |= {"ANYQPU_EMULATOR": url, "NO_PROXY": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
        command = [python, HERE / subject.driver]
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
        )
    return {line["question"]: line["answer"] for line in map(json.loads, done.stdout.splitlines())}


if __name__ == "__main__":
    main(sys.argv[1:])
