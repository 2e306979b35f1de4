"""Text, names and commit subjects are plain English: they avoid the phrases and names listed here.

`LIMITS` is a ratchet: it holds the number of findings that are left in a folder, and a number may only fall.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The first commit whose successors follow the rule for subjects.
BASE_COMMIT = "9a9df5ed841342372e85ca03e97f9b09d88e4f38"
MAX_SUBJECT = 72
# "Fixed", "Fixing", "Fixes", but not "Feed", "Bring", "Pass"; and imperatives that end as those do.
NOT_IMPERATIVE = re.compile(r"[aeiouy]\w*(?<!e)ed$|[aeiouy]\w*ing$|(?<![su])s$", re.IGNORECASE)
IMPERATIVES = {"Alias", "Embed"}

# A space matches any white space, a comment's new line, and the underscore of a name.
PHRASES = {
    r"(?<!there[\s_])(?:is|are|was|were) no(?! (?:longer|more than|less than|later than)\b)": "is not, or: invalid ...",
    r"(?:is|are|was|were) (?-i:none)": "does not exist, is missing",
    r"shall|would be glad": "must, or the present tense",
    r"whoever|whomever|nobody|somebody|anybody|everybody": "name the person or the part of the program",
    r"that which|of ones?'s own": "name the thing",
    r"asked for": "requested",
    r"any cloud": "four clouds",
    r"(?:what|who) (?:came|comes)": "the response, the caller",
    r"(?:goes|go|went|going) on": "continues, keeps running",
    r"news": "update, change",
    r"told|tells?": "notify, report, or the passive voice without an actor",
    r"(?:a|each|every|first|next|one|another|failed) looks?": "poll",
    r"please": "omit it",
    r"answers?|answered|answering": "response, respond, return",
    r"(?-i:rooms|Rooms?|ROOMS)|which room": "package",
    r"houses?": "package, app context",
    r"gatekeepers?|sweepers?|keepers?|sleepers?|timetables?|surroundings": "Auth, BatchPoller, Persistence, TimerQueue",
    r"shelf|shelves|glance|gaze": "table, quick poll, long poll",
}
# Names of functions, classes, variables and modules, without leading underscores.
WORDS = """
    AccessGrant Direct Doors FailureReader Flight Gatekeeper House Keeper Kept Lazily Listed Pictured Place Refusal
    Reply Room Sentences Shelf Sleeper Slots Surroundings Sweep Sweeper Timetable Wire GAZE GLANCE ROOMS WAYS answer
    answered answers asked demands doors elsewhere hand_over house journal look moment pointers rooms shelf stir
    surroundings tally told turn twin
"""
NAMES = frozenset(WORDS.split())
VAGUE_NAMES = frozenset({"each", "found", "given", "known", "what"})
# Fields of public classes: `CostLine.what`, `Drift.what`. To rename them would break their users.
PUBLIC_FIELDS = {("src/anyqpu/model/cost.py", "what"), ("src/anyqpu/drift.py", "what")}


@dataclass(frozen=True)
class Limit:
    phrases: int = 0
    names: int = 0
    vague_names: int = 0


LIMITS = {
    "docs": Limit(),
    "src/anyqpu": Limit(),
    "src/anyqpu_cli": Limit(),
    "src/anyqpu_emulator": Limit(),
    "src/anyqpu_pictures": Limit(),
    "src/anyqpu_programs": Limit(),
    "scripts": Limit(),
    "tests": Limit(),
}
SUFFIXES = {".css", ".html", ".jinja", ".js", ".md", ".py", ".qasm", ".svg", ".toml", ".yml"}
# This list of phrases, and a page that is generated from docstrings.
EXEMPT = {ROOT / "tests" / "docs" / "test_plain_english.py", ROOT / "docs" / "operations.md"}
# In `docs`: pages name the tests of their promises.
TEST_REFERENCE = re.compile(r"`tests/[\w/]+\.py::\w+`")
PHRASE = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(f'({phrase})' for phrase in PHRASES)})(?![A-Za-z])".replace(" ", r"[\s_]+"),
    re.IGNORECASE,
)
INSTEAD = list(PHRASES.values())


def files_of(folder: str) -> list[Path]:
    """Return the files of a folder; with `docs`, also the documents at the root and the examples."""
    paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    if folder == "docs":
        paths += [*ROOT.glob("*.md"), ROOT / "mkdocs.yml", *(ROOT / "examples").iterdir()]
    return sorted(set(paths) - EXEMPT)


def phrases_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the description of each phrase to avoid."""
    text = re.sub(r"[ \t]*\n[ \t]*(?:# ?)?", "\n", TEST_REFERENCE.sub("", text))
    for match in PHRASE.finditer(text):
        assert match.lastindex is not None
        yield text.count("\n", 0, match.start()) + 1, f"{match[0]!r}; instead: {INSTEAD[match.lastindex - 1]}"


def names_in(code: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each name that the code defines."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def findings_in(folder: str, find: Callable[[str], Iterator[tuple[int, str]]], suffixes: set[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {finding}"
        for path in files_of(folder)
        if path.suffix in suffixes
        for line, finding in find(path.read_text(encoding="utf-8"))
    ]


def is_public_field(finding: str) -> bool:
    return (finding.partition(":")[0], finding.rpartition(": ")[2]) in PUBLIC_FIELDS


def check(findings: list[str], limit: int) -> None:
    assert len(findings) <= limit, "\n".join([f"{len(findings)} findings, at most {limit}:", *findings[:40]])


@pytest.mark.parametrize("folder", LIMITS)
def test_text_avoids_the_listed_phrases(folder: str) -> None:
    check(findings_in(folder, phrases_in, SUFFIXES), LIMITS[folder].phrases)


@pytest.mark.parametrize("folder", LIMITS)
def test_names_avoid_the_listed_words(folder: str) -> None:
    defined = findings_in(folder, names_in, {".py"})
    defined += [f"{path.relative_to(ROOT)}:1: {path.stem}" for path in files_of(folder) if path.suffix == ".py"]
    names = [(finding, finding.rpartition(": ")[2].strip("_")) for finding in defined]
    check([finding for finding, name in names if name in NAMES], LIMITS[folder].names)
    vague = [finding for finding, name in names if name in VAGUE_NAMES]
    check([finding for finding in vague if not is_public_field(finding)], LIMITS[folder].vague_names)


def test_every_folder_with_code_has_a_limit() -> None:
    packages = {f"src/{path.name}" for path in (ROOT / "src").iterdir() if (path / "__init__.py").exists()}
    assert packages <= LIMITS.keys()
    for folder in LIMITS:
        assert files_of(folder), folder


@pytest.mark.parametrize(
    "text",
    [
        "base URL 'x' is no address",
        "sent what is no answer: it is no map",
        "It goes on; its handle is 'x'",
        "somebody told the emulator to let it fail",
        "what came was no HTTP",
        "News on the way",
        "Who has gone without news for this share of its interval",
        "who comes shall wait to be told too",
        "whoever has the lock asks",
        "a look that must not wait",
        "def test_what_is_no_program_is_refused() -> None:",
        "# a list that is\n# no list",
    ],
)
def test_a_phrase_to_avoid_is_found(text: str) -> None:
    assert list(phrases_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "invalid base URL 'x'",
        "there is no device 'x'",
        "def test_there_is_no_job() -> None:",
        "pyqasm is no longer needed",
        "if value is None: return",
        "it is not valid; it is noted",
        "`tests/transport/test_submit.py::test_an_answer_that_is_lost`",
    ],
)
def test_plain_text_is_accepted(text: str) -> None:
    assert not list(phrases_in(text))


def subjects_since(commit: str) -> list[str]:
    """Return the subjects since a commit; empty without git, or without that commit in a shallow clone."""
    if shutil.which("git") is None:
        return []
    command = ["git", "log", "--no-merges", "--format=%s", f"{commit}..HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def problem_of(subject: str) -> str | None:
    """Return what is wrong with a commit subject; None if it is fine."""
    first = subject.partition(" ")[0]
    if len(subject) > MAX_SUBJECT:
        return f"{len(subject)} characters, at most {MAX_SUBJECT}"
    if subject.endswith("."):
        return "ends with a full stop"
    if not re.fullmatch(r"[A-Z][a-z]+", first):
        return "does not begin with a capitalized verb"
    if first not in IMPERATIVES and NOT_IMPERATIVE.search(first):
        return f"{first!r} is not an imperative"
    return None


def test_commit_subjects_are_short_and_imperative() -> None:
    problems = {subject: problem for subject in subjects_since(BASE_COMMIT) if (problem := problem_of(subject))}
    assert not problems


@pytest.mark.parametrize(
    ("subject", "fine"),
    [
        ("Fix duplicate batch polls when many waits start together", True),
        ("Pass the deadline to the search", True),
        ("Feed the parser in pieces", True),
        ("Bring the scripts near zero", True),
        ("Fixing batch polls", False),
        ("Fixed duplicate batch polls", False),
        ("Adds a page", False),
        ("Shorter lines.", False),
        ("fix a bug", False),
        ("A" + "a" * 72, False),
    ],
)
def test_a_commit_subject_is_judged(subject: str, fine: bool) -> None:
    assert (problem_of(subject) is None) is fine
