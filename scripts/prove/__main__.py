"""Run every demonstration on asyncio and trio, and print what was measured.

python -m scripts.prove            all of them
python -m scripts.prove cancel     those whose name has this in it
"""

from __future__ import annotations

import logging
import sys

import anyio

from scripts.prove import demonstrations


def main(wanted: list[str]) -> int:
    # The library warns of lost answers; here they are meant.
    logging.getLogger("anyqpu").setLevel(logging.ERROR)
    failed = 0
    for name, show in demonstrations.ALL.items():
        if wanted and not any(word in name for word in wanted):
            continue
        for backend in ("asyncio", "trio"):
            try:
                said = anyio.run(show, backend=backend)
            except AssertionError as error:
                failed += 1
                said = f"FAILED: {error}"
            print(f"{name:<18} {backend:<8} {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
