"""The layer's uses of what is gone are found in its source, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.spec_changes.surface import Gone, Method, Surface
from scripts.spec_changes.usage import uses

CLASSES = {
    "Job": {"id": "str", "owner": "str | Unset", "tasks": "list[Task] | Unset", "status": "JobStatus"},
    "Task": {"id": "str", "note": "str | None | Unset"},
    "JobStatus": {"QUEUED": "str", "DONE": "str"},
    "Old": {"id": "str"},
}
SURFACE = Surface(
    methods={
        "get_job": Method("getJob", "get_job", "GET", "/jobs/{id}", returns="Job", by_position={"id": "str"}),
        "list_old": Method("listOld", "list_old", "GET", "/old", returns="list[Old]"),
    },
    classes=CLASSES,
    pagers=frozenset({"LIST_OLD"}),
    modules=frozenset({"api.jobs.list_old"}),
)
GONE = Gone(
    methods=frozenset({"list_old"}),
    ids=frozenset({"listOld"}),
    parameters=frozenset({("get_job", "deep")}),
    classes=frozenset({"Old"}),
    fields=frozenset({("Job", "owner"), ("Task", "note"), ("JobStatus", "DONE")}),
    pagers=frozenset({"LIST_OLD"}),
    modules=frozenset({"api.jobs.list_old"}),
    schemes=frozenset({"oauth"}),
    in_paths={"jobId": True, "id": False},
)
HEAD = """\
from functools import partial
from anyqpu_raw.tiny import models, pages
from anyqpu_raw.tiny.models import Job as RawJob, Task
"""
# A line of the layer, after the head, and what it uses.
LINES = {
    "async def f(self): return await self.raw.list_old()": "operation listOld",
    "async def f(raw): return await raw.list_old()": "operation listOld",
    "def f(self): return partial(self._raw.get_job, '1', deep=True)": "parameter deep of get_job",
    "async def f(self): return await self.raw.get_job('1', deep=True)": "parameter deep of get_job",
    "def f(raw: RawJob): return raw.owner": "field Job.owner",
    "def f(raw: 'RawJob | None'): return raw.owner": "field Job.owner",
    "def f(raw: models.Job): return raw.owner": "field Job.owner",
    "def f(raw: list[RawJob]): return [job.owner for job in raw]": "field Job.owner",
    "def f(raw: RawJob): return [task.note for task in or_none(raw.tasks) or ()]": "field Task.note",
    "def f(raw: RawJob): return raw.tasks[0].note": "field Task.note",
    "async def f(self): return (await self.raw.get_job('1')).owner": "field Job.owner",
    "async def f(self): job = await self.raw.get_job('1'); return job.owner": "field Job.owner",
    "def f(body): return RawJob(id='1', owner='me')": "field Job.owner",
    "def f(body): return (raw := RawJob.from_dict(body)) and raw.owner": "field Job.owner",
    "STATES = {models.JobStatus.DONE: 1}": "field JobStatus.DONE",
    "def f(raw: models.Old): return raw.id": "model Old",
    "from anyqpu_raw.tiny.models import Old": "model Old",
    "def f(self): return paginate(self.raw.get_job, pages.LIST_OLD)": "pager LIST_OLD",
    "from anyqpu_raw.tiny.pages import LIST_OLD": "pager LIST_OLD",
    "from anyqpu_raw.tiny.api.jobs import list_old": "module api.jobs.list_old",
    "list_old = LazyModule('anyqpu_raw.tiny.api.jobs.list_old')": "module api.jobs.list_old",
    "@handles('listOld')\ndef f(self, request): return request": "operation listOld",
    "SCHEME = 'oauth'": "auth scheme oauth",
    "def f(request): return request.path_params['jobId']": "path parameter jobId",
}
OTHERS = (
    "def f(raw: RawJob): return raw.id",
    "def f(self, job): return self.owner",
    "def f(raw: RawJob): return raw.status == models.JobStatus.QUEUED",
    "async def f(self): return await self.raw.get_job('1')",
    "def f(deep): return other(deep=deep)",
    "text = 'the operation listOld is old'",
)


def uses_of(root: Path, source: str, file: str = "src/anyqpu/providers/tiny/mapping.py") -> list[tuple[str, int, bool]]:
    (root / file).parent.mkdir(parents=True)
    (root / file).write_text(HEAD + source + "\n", encoding="utf-8")
    return [(use.part, use.line, use.certain) for use in uses(root, "tiny", SURFACE, GONE) if use.file == file]


@pytest.mark.parametrize("line", LINES)
def test_a_use_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    assert uses_of(tmp_path, line) == [(LINES[line], 4, True)]


@pytest.mark.parametrize("line", OTHERS)
def test_what_is_still_there_is_not_named(tmp_path: Path, line: str) -> None:
    assert uses_of(tmp_path, line) == []


def test_an_attribute_of_a_value_of_an_unknown_type_may_be_a_use(tmp_path: Path) -> None:
    assert uses_of(tmp_path, "def f(value): return value.owner") == [("field Job.owner", 4, False)]


def test_a_name_that_other_paths_still_have_may_be_a_use(tmp_path: Path) -> None:
    source = "def f(request): return request.path_params['id']"
    assert uses_of(tmp_path, source) == [("path parameter id", 4, False)]


def test_files_elsewhere_are_read_if_they_import_the_client(tmp_path: Path) -> None:
    line = "async def f(self): return await self.raw.list_old()"
    assert uses_of(tmp_path, line, "src/anyqpu_cli/tiny.py") == [("operation listOld", 4, True)]
