"""Drives openapi-python-client with our templates: a final document in, a sans-IO client out.

`process` is how other scripts call it: openapi-python-client runs in an environment of its own (`environment`), so that
its requirements do not decide the versions of the development tools. `__main__`, `build`, `operations`, `expressions`
and `words` are imported there only.
"""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# The modules that clients share, and the file of each.
SHARED = {"core.py": "_core.py"} | {name: name for name in ("_encoding.py", "_values.py", "_pages.py")}
