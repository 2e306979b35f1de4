"""The settings of one client, each with the place it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

SECRETS = frozenset({"token", "secret_key", "password", "access_token", "refresh_token", "client_secret"})
"""Names of settings whose values are never shown."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it was found, such as `environment variable SCW_SECRET_KEY`."""

    value: str = field(repr=False)
    origin: str


class Settings(Mapping[str, Setting]):
    """What was found for one cloud. `get_value("token")` is a text or None; `origin("token")` says where it is from."""

    def __init__(
        self,
        provider: str,
        values: Mapping[str, Setting],
        *,
        profile: str | None = None,
        looked_at: Iterable[str] = (),
    ) -> None:
        self.provider = provider
        self.profile = profile
        """The profile of our own file that is in use, if any."""
        self.looked_at = tuple(looked_at)
        """The files that were looked for, those that are not there included."""
        self._values = dict(values)

    def __getitem__(self, name: str) -> Setting:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def get_value(self, name: str) -> str | None:
        """The value of a setting; None if it was found nowhere."""
        found = self._values.get(name)
        return None if found is None else found.value

    def origin(self, name: str) -> str | None:
        """Where a setting was found; None if it was found nowhere."""
        found = self._values.get(name)
        return None if found is None else found.origin

    def with_default(self, name: str, value: str, origin: str) -> Settings:
        """The same settings, and a value for one that was found nowhere."""
        values = {name: Setting(value, origin), **self._values}
        return Settings(self.provider, values, profile=self.profile, looked_at=self.looked_at)

    def describe(self) -> dict[str, tuple[str, str]]:
        """(value, origin) by name, for people: secrets are shown as `***`."""
        return {
            name: ("***" if name in SECRETS else setting.value, setting.origin)
            for name, setting in self._values.items()
        }

    def __repr__(self) -> str:
        return f"Settings({self.provider!r}, {self.describe()})"
