"""Run `anyqpu --help` as the installed command does."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from anyqpu_cli import main

    sys.argv = ["anyqpu", "--help"]
    main()
