"""The settings of one client, each with the place it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from anyqpu.transport.redact import redact_text
from anyqpu.transport.secret import Secret

SECRETS = frozenset(
    {"token", "api_key", "access_key", "secret_key", "password", "access_token", "refresh_token", "client_secret"}
)
"""Names of settings whose values are never shown."""


class Setting:
    """A value and where it was found, such as `environment variable SCW_SECRET_KEY`.

    Any value may be a credential in the wrong place, so only `value` gives it: it is not in a `repr`, and a setting
    cannot be pickled or copied field by field.
    """

    __slots__ = ("_origin", "_value")

    def __init__(self, value: str, origin: str) -> None:
        self._value = Secret(value)
        self._origin = origin

    @property
    def value(self) -> str:
        """The value as text."""
        return self._value.reveal()

    @property
    def origin(self) -> str:
        """Where the value was found, for people."""
        return self._origin

    def __repr__(self) -> str:
        return f"Setting(origin={self._origin!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Setting) and (other._value, other._origin) == (self._value, self._origin)

    def __hash__(self) -> int:
        return hash((self._value, self._origin))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Setting cannot be pickled: it may be a credential")


class Settings(Mapping[str, Setting]):
    """What was found for one cloud. `get_value("token")` is a text or None; `origin("token")` says where it is from.

    Settings that hold a credential cannot be pickled or deep-copied; others can.
    """

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
        """Return the value of a setting; None if it was found nowhere."""
        setting = self._values.get(name)
        return None if setting is None else setting.value

    def secret(self, name: str) -> Secret | None:
        """Return the value of a setting that must not be shown; None if it was found nowhere.

        A local variable that holds a `Secret` shows nothing in a traceback with local variables.
        """
        setting = self._values.get(name)
        return None if setting is None else Secret(setting.value)

    def origin(self, name: str) -> str | None:
        """Return where a setting was found; None if it was found nowhere."""
        setting = self._values.get(name)
        return None if setting is None else setting.origin

    def with_default(self, name: str, value: str, origin: str) -> Settings:
        """Return the same settings, with a value for one that was found nowhere."""
        values = {name: Setting(value, origin), **self._values}
        return Settings(self.provider, values, profile=self.profile, looked_at=self.looked_at)

    def with_values(self, values: Mapping[str, str], origin: str) -> Settings:
        """Return the same settings, with other values for some."""
        replaced = {name: Setting(value, origin) for name, value in values.items()}
        return Settings(self.provider, {**self._values, **replaced}, profile=self.profile, looked_at=self.looked_at)

    def describe(self) -> dict[str, tuple[str, str]]:
        """Return (value, origin) by name, for people: credentials are shown as `***`, in addresses too."""
        return {name: (self._shown(name), setting.origin) for name, setting in self._values.items()}

    def _shown(self, name: str) -> str:
        # Not its value, which may be in the system keyring.
        if name in SECRETS:
            return "***"
        value = self._values[name].value
        return redact_text(value) if name.endswith("_url") else value

    def __repr__(self) -> str:
        return f"Settings({self.provider!r}, {self.describe()})"

    def __reduce__(self) -> tuple[Any, ...]:
        held = sorted(self._values.keys() & SECRETS)
        held += [name for name in self._values if name.endswith("_url") and "@" in self._values[name].value]
        if held:
            raise TypeError(
                f"settings that hold credentials ({', '.join(held)}) cannot be pickled: get them where they are needed"
            )
        values = {name: (setting.value, setting.origin) for name, setting in self._values.items()}
        return _rebuild, (self.provider, values, self.profile, self.looked_at)


def _rebuild(
    provider: str, values: Mapping[str, tuple[str, str]], profile: str | None, looked_at: tuple[str, ...]
) -> Settings:
    settings = {name: Setting(value, origin) for name, (value, origin) in values.items()}
    return Settings(provider, settings, profile=profile, looked_at=looked_at)
