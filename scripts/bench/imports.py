"""CPU of imports and of the first call."""

from __future__ import annotations

import compileall
from statistics import median

from scripts.bench.environments import ROOT, python_of
from scripts.bench.processes import cpu_of, ratio, rounds, server
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("import_top", "import_first_call", "cli_help")
OURS = """
import asyncio, anyqpu
async def main():
    async with anyqpu.connect("kipu", base_url={url!r}, token="a-token") as kipu:
        await kipu.raw.get_job("7")
asyncio.run(main())
"""
THEIRS = """
import asyncio, httpx
async def main():
    async with httpx.AsyncClient(base_url={url!r}, headers={{"X-Auth-Token": "a-token"}}) as client:
        (await client.get("/jobs/7")).json()
asyncio.run(main())
"""


def measure(size: Size) -> Found:
    """Measure the CPU of whole processes."""
    # As `pip install` leaves a package, also where the environment keeps Python from writing bytecode.
    for folder in ("src", "generated"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    plain, cli, bare = python_of("anyqpu"), python_of("anyqpu-cli"), python_of("httpx")
    count = size.rounds if size.small else 2 * size.rounds + 1
    with server() as url:
        times = rounds(
            count,
            {
                "python": lambda: cpu_of(plain, "-c", "pass"),
                "import": lambda: cpu_of(plain, "-c", "import anyqpu"),
                "ours": lambda: cpu_of(plain, "-c", OURS.format(url=url)),
                "theirs": lambda: cpu_of(bare, "-c", THEIRS.format(url=url)),
                "help": lambda: cpu_of(cli, "-m", "scripts.bench.help"),
            },
        )
    middle = {name: median(values) for name, values in times.items()}
    added = median(one - other for one, other in zip(times["import"], times["python"], strict=True))
    return Found(
        [
            Row("import_top", added, "ms", middle["python"], ratio(times["import"], times["python"])),
            Row("import_first_call", middle["ours"], "ms", middle["theirs"], ratio(times["ours"], times["theirs"])),
            Row("cli_help", middle["help"], "ms", middle["python"], ratio(times["help"], times["python"])),
        ]
    )
