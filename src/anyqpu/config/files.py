"""Configuration files: where they are, what they hold, and errors about them.

An error names the file, the line and the key, never a value: the files hold secrets. A file that does not exist is
fine, unless a variable names it. Any other problem is an error, also in a file that is not needed, so that it does not
depend on what else is set.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from anyqpu._files import UnreadableFileError, read_regular
from anyqpu.config.formats import FormatError, Parser, line_of
from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError

WINDOWS = os.name == "nt"
LONGEST = 2**18
"""Bytes of a configuration file."""


@dataclass(slots=True, eq=False)
class Document:
    """A file's content."""

    path: Path
    data: Mapping[str, Any] = field(repr=False)
    lines: Mapping[tuple[str, ...], int] = field(repr=False)

    def place(self, *keys: str) -> str:
        """Return where a key is, for people: `/home/ada/.config/scw/config.yaml, line 3 (profiles.work.secret_key)`."""
        line = line_of(self.lines, keys)
        return f"{self.path}{f', line {line}' if line else ''} ({'.'.join(keys)})"

    def problem(self, problem: str, *keys: str, named: str | None = None, hint: str | None = None) -> ConfigError:
        """Return an error about a key.

        Args:
            what: Completes its message, such as "is not a text".
            keys: The key, within its tables.
            named: What the message calls it, if not by these keys.
            hint: What to do.
        """
        line = line_of(self.lines, keys)
        place = f"{self.path}{f', line {line}' if line else ''}"
        return ConfigError(f"{place}: {'.'.join(keys) if named is None else named} {problem}", hint=hint)

    def get(self, *keys: str) -> Any:
        """Return the value of a key; None if it is missing. Its parents must be tables."""
        return self.table(*keys[:-1]).get(keys[-1])

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return the table at a key; an empty one if it is missing."""
        table = self.data
        for n, key in enumerate(keys, 1):
            value = table.get(key)
            if value is None:
                return {}
            if not isinstance(value, dict):
                raise self.problem("is not a table of keys", *keys[:n])
            table = cast("Mapping[str, Any]", value)
        return table

    def setting(self, *keys: str) -> Setting | None:
        """Return the text at a key, with its place; None if it is empty, null or not there."""
        value = self.get(*keys)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.problem("is not a text", *keys, hint="Put it in quotes")
        return setting(keys[-1], value, self.place(*keys))

    def name(self, *keys: str) -> str | None:
        """Return the text at a key that names something else in a file."""
        setting = self.setting(*keys)
        return None if setting is None else setting.value


class Environment:
    """The environment and the home directory; keeps a list of the files that were looked for."""

    def __init__(self, environ: Mapping[str, str], home: Path | None) -> None:
        self.environ = environ
        # Unlike Path.home(), this does not fail where there is no home; a directory named ~ is then looked for in vain.
        self.home = home if home is not None else Path(os.path.expanduser("~"))
        self.looked_at: list[str] = []

    def variable(self, *names: str) -> tuple[str, str] | None:
        """Name and value of the first of these variables that is set; one that is empty counts as not set."""
        return next(((name, value) for name in names if (value := self.environ.get(name, "").strip())), None)

    def directory(self, variable: str, *otherwise: str) -> Path:
        """A base directory that a variable may move, else one below the home directory."""
        value = self.variable(variable)
        # As the XDG specification has it, a path that is not absolute is ignored.
        if value and Path(value[1]).is_absolute():
            return Path(value[1])
        return self.home.joinpath(*otherwise)

    def config_home(self) -> Path:
        """$XDG_CONFIG_HOME, or ~/.config."""
        return self.directory("XDG_CONFIG_HOME", ".config")

    def expand(self, path: str) -> Path:
        """A path from a variable, where ~ is the home directory."""
        return self.home / path[2:] if path == "~" or path.startswith("~/") else Path(path)

    def load(self, parse: Parser, default: Path, *variables: str) -> Document | None:
        """The file that the first of these variables names, else the one at `default`, if it is there."""
        named = self.variable(*variables)
        if not named:
            return self.read(parse, default)
        document = self.read(parse, path := self.expand(named[1]))
        if document is None:
            raise ConfigError(
                f"environment variable {named[0]} names the file {path}, which does not exist",
                hint="Correct the variable, or unset it",
            )
        return document

    def read(self, parse: Parser, path: Path) -> Document | None:
        """Return the parsed file at `path`; None if it does not exist."""
        content = self._content(path)
        self.looked_at.append(f"{path}{' (not there)' if content is None else ''}")
        if content is None:
            return None
        try:
            # Some editors put a byte order mark in front.
            data, lines = parse(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line: int | None = content.count(b"\n", 0, error.start) + 1
            language = "UTF-8"
        except FormatError as error:
            line, language = error.line, error.language
        else:
            if isinstance(data, dict):
                return Document(path, cast("dict[str, Any]", data), lines)
            line, language = None, "a table of keys"
        raise ConfigError(
            f"{path}{f', line {line}' if line else ''}: the file is not {language}", hint="Correct it, or move it away"
        )

    def _content(self, path: Path) -> bytes | None:
        try:
            file = read_regular(path, limit=LONGEST)
        except UnreadableFileError as error:
            reason = str(error)
        else:
            return None if file is None else file[0]
        raise ConfigError(f"{path}: the file cannot be read: {reason}")


def setting(name: str, value: str, origin: str) -> Setting | None:
    """Return a setting; None if the value is empty, which counts as not given, in a file as in a variable.

    White space around a value is dropped: it comes from files of secrets that end in a newline. A password may have it.

    Raises:
        ConfigError: The value has a line break, another control character, or bytes that are not UTF-8.
    """
    value = value if name == "password" else value.strip()
    if not value.strip():
        return None
    if problem := _problem(value):
        raise ConfigError(f"{origin} has {problem}", hint="Was it copied whole, and nothing besides it?")
    return Setting(value, origin)


def _problem(value: str) -> str | None:
    """Describe what no setting can hold, without the value, which may be a secret."""
    if any(character in value for character in "\r\n"):
        return "a line break"
    categories = {unicodedata.category(character) for character in value}
    if "Cs" in categories:
        return "bytes that are not UTF-8"
    return "a control character" if "Cc" in categories else None


def among(names: object) -> str:
    """Names that there are, for an error's hint."""
    listed = [str(name) for name in cast("Mapping[object, object]", names)]
    return f"There are {', '.join(listed)}" if listed else "The file defines none"
