"""Compare the public API with that of the last release, and say which version that needs.

python -m scripts.api_check              compare; exit code 1 if the version takes too small a step
python -m scripts.api_check --release    write the API of this version to api/released.json
"""

from __future__ import annotations

import argparse
import sys

from anyqpu import __version__
from scripts.api_check.comparing import Step, compare, needed
from scripts.api_check.released import SNAPSHOT, last_release, read_tree, write

SHOWN = 40


def main(arguments: list[str]) -> int:
    """Compare, or write down."""
    parser = argparse.ArgumentParser(prog="python -m scripts.api_check", description="check the public API")
    parser.add_argument("--release", action="store_true", help="write the API of this version down")
    options = parser.parse_args(arguments)
    files = read_tree()
    if options.release:
        write(__version__, files)
        print(f"{SNAPSHOT.name} has the API of {__version__} now")
        return 0
    last = last_release()
    if last is None:
        found = compare(files, files)
        print(f"no release yet: {found.size} public names, and nothing to compare them with")
        return 0
    found = compare(last.files, files)
    for title, lines in (("breaks", found.broken), ("new", found.new)):
        for line in lines[:SHOWN]:
            print(f"{title}: {line}")
        if len(lines) > SHOWN:
            print(f"{title}: and {len(lines) - SHOWN} more")
    wanted = needed(last.version, found.step)
    said = "nothing changed" if found.step is Step.PATCH else f"a {found.step} change"
    verdict = f"since {last.version} ({last.where}): {said}; that needs {wanted} or later, and this is {__version__}"
    if _numbers(__version__) < _numbers(wanted):
        print(f"{verdict}. Set it in src/anyqpu/_version.py")
        return 1
    print(verdict)
    return 0


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
