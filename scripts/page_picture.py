"""Draw the emulator's page as a phone shows it, for docs/assets.

    python -m scripts.page_picture

It needs Chromium and Node.js: `python -m tests.support.browser` installs them on Linux.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import httpx

from anyqpu import sync
from anyqpu_emulator.server import running
from tests.emulator.chromium import FOUND, chromium

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "assets" / "emulator-phone.png"
SUBMITS = (
    ("kipu", "bell.qasm", "kipu.sim.qsim", "calibrate"),
    ("pasqal", "blockade.json", "EMU_FREE", None),
    ("scaleway", "ghz3.qasm", "EMU-AER-16C-128M", "ghz"),
    ("kipu", "bell.qasm", "azure.ionq.simulator", "bell"),
)
FAULTS = (
    {"cloud": "kipu", "operation": "createJob", "stuck": "running", "after": 1, "count": 1},
    {"cloud": "kipu", "operation": "getJob", "status": 503, "retry_after": 30, "count": 3},
)


def main() -> int:
    """Write the picture."""
    if FOUND is None:
        print("there is no Chromium; see `python -m tests.support.browser`")
        return 1
    with (
        running(seed=7) as url,
        httpx.Client(base_url=f"{url}/_control") as control,
        tempfile.TemporaryDirectory() as profile,
        chromium(Path(profile)) as browser,
    ):
        control.post("/faults", json={"faults": FAULTS})
        for cloud, program, device, name in SUBMITS:
            with sync.connect(cloud, emulator=url) as client:
                job = client.submit(ROOT / "examples" / program, device=device, shots=500, name=name)
        with browser.page(f"{url}/_control/", width=390, height=844) as page:
            page.click("#job-list button", job.id[:8])
            page.wait_for_text("Started", ".panel dl")
            page.value("scrollTo(0, 0), document.activeElement.blur()")
            FILE.write_bytes(page.picture())
    print(FILE.relative_to(ROOT), FILE.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
