"""Write credentials to anyqpu's configuration file, whole or not at all, with its comments and a mode of 0600."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from anyqpu._files import UnreadableFileError, read_regular
from anyqpu.config import formats, keyrings, profiles
from anyqpu.config.files import LONGEST, Environment
from anyqpu.errors import ConfigError
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import replace_file

# Its owner alone reads and writes the file.
PRIVATE = 0o600


class ProfileFile:
    """The configuration file, and the profile to write to.

    Raises:
        ConfigError: The file cannot be read or written, or is damaged.
    """

    def __init__(self, profile: str | None) -> None:
        around = Environment(os.environ, None)
        named = around.variable(profiles.FILE_VARIABLE)
        path = around.expand(named[1]) if named else profiles.default_path(around)
        # A link stays one, to a new file.
        self.path = Path(os.path.realpath(path))
        document = around.read(formats.toml, self.path)
        chosen = profiles.chosen(around, document, profile)
        self.profile = chosen[0] if chosen is not None else "default"
        self._before = self._read()
        if self._before is not None and not self._before[1] & stat.S_IWUSR:
            raise ConfigError(f"{self.path}: the file is read-only", hint="Make it writable, or name another file")

    @property
    def exists(self) -> bool:
        """Whether the file existed when it was read."""
        return self._before is not None

    def save(
        self, provider: str, values: Mapping[str, str], *, obsolete: Iterable[str] = (), in_keyring: Iterable[str] = ()
    ) -> None:
        """Write settings of a provider; those of `in_keyring` to the system keyring, and only their names to the file.

        Args:
            obsolete: Settings to remove, such as credentials of another way to log in.

        Raises:
            ConfigError: It cannot be written, or another process has changed it; the file is as it was.
        """
        kept = set(in_keyring)
        written = {name: value for name, value in values.items() if name not in kept}
        removed = {*obsolete, *kept} - written.keys()
        text, listed_before = self._edited(provider, written, removed, kept, {*obsolete, *values})
        for name in sorted(kept):
            keyrings.write(keyrings.account_of(self.profile, provider, name), values[name])
        self._replace(text)
        for name in sorted(listed_before - kept):
            keyrings.delete(keyrings.account_of(self.profile, provider, name))

    def _edited(
        self, provider: str, written: Mapping[str, str], removed: set[str], kept: set[str], replaced: set[str]
    ) -> tuple[str, set[str]]:
        """Return the new text of the file, and the replaced settings that were in the keyring."""
        before = "" if self._before is None else self._before[0]
        try:
            import tomlkit
        except ImportError:
            raise ConfigError(
                "writing the configuration file needs an extra", hint="pip install 'anyqpu[cli]'"
            ) from None
        try:
            document: Any = tomlkit.parse(before)
            table: Any = document
            for key in ("profiles", self.profile, provider):
                if key not in table:
                    table[key] = tomlkit.table(is_super_table=key != provider)
                table = table[key]
            listed = {str(name) for name in table.get(profiles.KEYRING, ())}
            for name in removed & set(table):
                del table[name]
            for name, value in written.items():
                table[name] = value
            now = sorted((listed - replaced) | kept)
            if now:
                table[profiles.KEYRING] = now
            elif profiles.KEYRING in table:
                del table[profiles.KEYRING]
            text = tomlkit.dumps(document)
            # What the file says is checked by another parser.
            expected: dict[str, Any] = tomllib.loads(before)
            entry: dict[str, Any] = (
                expected.setdefault("profiles", {}).setdefault(self.profile, {}).setdefault(provider, {})
            )
            for name in {*removed, profiles.KEYRING} & entry.keys():
                del entry[name]
            entry.update(written, **({profiles.KEYRING: now} if now else {}))
            is_safe = tomllib.loads(text) == expected
        except (ValueError, TypeError, KeyError):
            # An error's text and frames may hold secrets.
            is_safe, text, listed = False, "", set[str]()
        if not is_safe:
            raise ConfigError(
                f"{self.path}: the file cannot be edited safely",
                hint=f"Write the table [profiles.{self.profile}.{provider}] yourself",
            )
        return text, listed & replaced

    def _replace(self, text: str) -> None:
        before = self._before
        mode = PRIVATE if before is None else stat.S_IMODE(before[1]) & PRIVATE
        reason: str | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not replace_file(self.path, Secret(text), mode=mode, only_if=lambda: self._read() == before):
                reason = "another process has changed it"
        except OSError as error:
            reason = error.strerror or "it failed"
        if reason is not None:
            raise ConfigError(f"{self.path}: the file cannot be written: {reason}", hint="Run the command again")

    def _read(self) -> tuple[str, int] | None:
        """Return the text of the file and its mode; None if it does not exist."""
        try:
            file = read_regular(self.path, limit=LONGEST)
        except UnreadableFileError as error:
            raise ConfigError(f"{self.path}: the file cannot be read: {error}") from None
        return None if file is None else (file[0].decode("utf-8-sig"), file[1].st_mode)
