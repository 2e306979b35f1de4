"""Run the tutorial notebook and photograph it at the width of a laptop, for docs/assets.

    pip install nbconvert
    python -m scripts.notebook_picture

nbconvert writes the notebook as HTML, in the layout of JupyterLab, and a headless Chromium opens that.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from matplotlib import get_data_path
from PIL import Image

from tests.emulator.chromium import inspect

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "tutorials" / "notebook.ipynb"
PICTURE = ROOT / "docs" / "assets" / "notebook.png"
# Down to the result of the job.
WIDTH, HEIGHT = 1280, 1990
MOST_BYTES = 200_000
# The browser from npm brings no font with a fixed width; matplotlib does.
STYLE = """<style>
@font-face {{ font-family: "DejaVu Sans Mono"; src: url("{font}"); }}
:root {{ --jp-code-font-family: "DejaVu Sans Mono" !important; }}
.highlight pre, .jp-RenderedText pre, code {{ font-family: "DejaVu Sans Mono" !important; font-size: 12px !important; }}
</style></head>"""


def main() -> int:
    """Write the picture; the exit code is 1 if it is too large for a page."""
    with tempfile.TemporaryDirectory() as folder:
        page, photograph = Path(folder) / "notebook.html", Path(folder) / "notebook.png"
        command = ["--to", "html", "--execute", "--output-dir", folder, "--output", page.name, str(NOTEBOOK)]
        subprocess.run([sys.executable, "-m", "nbconvert", *command], check=True)
        font = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
        html = page.read_text(encoding="utf-8").replace("</head>", STYLE.format(font=font.as_uri()), 1)
        page.write_text(html, encoding="utf-8")
        view = {"name": "laptop", "width": WIDTH, "height": HEIGHT, "dark": False, "picture": str(photograph)}
        inspect(
            page.as_uri(),
            [view],
            ready="document.readyState === 'complete' && document.fonts.status === 'loaded'",
            expression="document.title",
            profile=Path(folder) / "profile",
        )
        # Few colours: a third of the size, and no visible difference.
        Image.open(photograph).convert("RGB").quantize(64).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")
    return 0 if PICTURE.stat().st_size <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
