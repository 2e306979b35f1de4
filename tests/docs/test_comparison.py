"""docs/comparison.md says what the probes saw, of the versions that they try."""

from __future__ import annotations

import json

from scripts.comparison.__main__ import HERE, SUBJECTS
from scripts.comparison.table import PAGE, SEEN, table, with_table

SEEN_LAST = json.loads(SEEN.read_text(encoding="utf-8"))


def test_the_page_has_the_table_of_what_was_seen() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_table(page, table(SEEN_LAST)) == page


def test_what_was_seen_is_of_the_versions_that_are_tried() -> None:
    assert SEEN_LAST.keys() == {subject.name for subject in SUBJECTS}
    for subject in SUBJECTS:
        assert (HERE / subject.driver).is_file()
        wanted = [package.replace("==", " ") for package in subject.packages if not package.startswith("pulser")]
        # This library's own version is whatever it was then.
        assert not wanted or SEEN_LAST[subject.name]["versions"] == wanted


def test_this_library_does_what_the_others_are_measured_by() -> None:
    ours = SEEN_LAST["anyqpu"]
    assert ours["reads"]["held"] < 0.5
    assert [ours[case] for case in ("lost", "gateway")] == [{"told": "the job", "made": 1}] * 2
    assert ours["list"]["found"] == ours["list"]["of"]
