"""What a user notices of a run, as sentences with its numbers."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

from scripts.bench.report import Row

# Fields are `value`, `baseline` or `ratio` of a row; a sentence is left out if the run lacks one of its rows.
SENTENCES = (
    "**A wait ends {wait_vs_optimum.value} s after its job** on average, for jobs of 30 s in the median, one in a "
    "hundred of which takes more than an hour. The best possible schedule with as many requests needs "
    "{wait_vs_optimum.baseline} s.",
    "**A thousand waits** for the jobs of one session send {wait_1000_requests.value} requests. One by one, they would "
    "send {wait_1000_requests.baseline} to notice the ends as early.",
    "**Ten thousand waits** take {wait_10000.value} % of a core and {wait_10000_memory.value} MB.",
    "**The event loop** pauses for {loop_gap_200.value} ms at most while 200 waits run.",
    "**A call** takes {call_cpu_c128.value} µs of CPU with 128 at a time, and {call_cpu_fast_c128.value} µs with "
    '`transport="aiohttp"`. A client from the generator\'s own templates takes {call_cpu_c128.baseline} µs.',
    "**A list of 100 jobs** takes {page_parse.value} µs of CPU to parse, and {page_parse_all_read.value} µs if you "
    "read every field. A job takes {bytes_per_job.value} bytes of memory.",
    "**`import anyqpu`** takes {import_top.value} ms, and a whole program with one call {import_first_call.value} ms "
    "of CPU; with bare httpx it takes {import_first_call.baseline} ms.",
    "**A download** of 200 MB takes {download.ratio} times what bare httpx takes, and {download_memory.value} MB of "
    "memory.",
    "**A program of 3,000 gates** is converted in {convert.value} s or less.",
    "**A page of 100 of 10,000 jobs** takes the emulator {emulator_list.value} ms or less.",
)


class _Rounded(string.Formatter):
    """Formats numbers with two digits, or all of those before the point."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def sentences(rows: Sequence[Row]) -> str:
    """Return the sentences as a list in Markdown."""
    by_name = {row.name: row for row in rows}
    lines = [f"- {_Rounded().vformat(text, (), by_name)}" for text in SENTENCES if rows_of(text) <= by_name.keys()]
    return "\n".join(lines)


def rows_of(sentence: str) -> set[str]:
    """Return the names of the rows whose numbers a sentence has."""
    return {field.partition(".")[0] for _, field, _, _ in string.Formatter().parse(sentence) if field}
