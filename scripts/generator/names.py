"""Names of classes, as openapi-python-client writes them, each given once."""

from __future__ import annotations

import re
from typing import Any

# What modules of generated code import under these names.
_RESERVED = (
    *("Any", "ApiModel", "Builder", "Caller", "Decoder", "Final", "Mapping", "PagerFactory", "Pages", "RawClient"),
    *("RawPager", "RawPages", "Request", "Response", "Self", "Sequence", "Unset"),
)


def words_of(text: str) -> list[str]:
    """The words of a name: `getJobURLs` has get, Job, UR and Ls."""
    text = "".join(letter for letter in text if letter.isidentifier() or letter.isdecimal() or letter in ". _-")
    if any(letter.isupper() for letter in text):
        text = " ".join(re.split("([A-Z]?[a-z]+)", text))
    return re.findall(r"[^. _-]+", text)


def class_case(text: str) -> str:
    """`job_result` is `JobResult`."""
    return "".join(word if word.isupper() else word.capitalize() for word in words_of(text))


def snake_case(text: str) -> str:
    """`getJob` is `get_job`."""
    return "_".join(words_of(text)).lower()


def plain(text: str) -> str:
    """What two names share that become one in Python, or one file on some disks."""
    return re.sub(r"[\W_]", "", text).lower()


class ClassNames:
    """The names of a document's classes and of its other components."""

    def __init__(self) -> None:
        self._taken: dict[str, Any] = {plain(name): _RESERVED for name in _RESERVED}

    def component(self, name: str) -> str:
        """A name for a component: its own, unless it is taken or cannot be referred to."""
        name = re.sub(r"[^\w.-]+", "_", name).strip("_") or "Schema"
        if self._taken.get(plain(name)) is _RESERVED:
            name = f"{name}Model"
        return self._free(name, None)

    def inline(self, name: str, schema: Any) -> tuple[str, bool]:
        """A name for a schema that is written in place, and whether it is new: equal ones of one name share it."""
        name = name or "Schema"
        if (present := self._taken.get(plain(name))) is not None and present == schema:
            return name, False
        return self._free(name, schema), True

    def _free(self, name: str, schema: Any) -> str:
        number, free = 2, name
        while plain(free) in self._taken:
            free, number = f"{name}{number}", number + 1
        self._taken[plain(free)] = schema
        return free
