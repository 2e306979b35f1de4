"""Settings in the keyring of the operating system, read when they are needed (extra `keyring`)."""

from __future__ import annotations

import importlib
from typing import Any

from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError, Hint
from anyqpu.transport.secret import Secret

SERVICE = "anyqpu"


class KeyringSetting(Setting):
    """A value in the system keyring; `value` reads it, the first time from the keyring.

    The keyring may ask the user to unlock it, so nothing reads it that does not use the value.
    """

    __slots__ = ("_account", "_provider", "_stored")

    def __init__(self, account: str, provider: str) -> None:
        super().__init__("", f"system keyring, {SERVICE}: {account}")
        self._account, self._provider = account, provider
        self._stored: Secret | None = None

    @property
    def value(self) -> str:
        """The value as text.

        Raises:
            ConfigError: The keyring does not have it or cannot be used, or the extra is not installed.
        """
        if self._stored is None:
            stored = read(self._account)
            if not stored:
                raise ConfigError(
                    f"the system keyring has no {self._account} of {SERVICE}",
                    provider=self._provider,
                    hint=Hint("Save it with the command `anyqpu login`", "Save it with `anyqpu login --keyring`"),
                )
            self._stored = Secret(stored)
        return self._stored.reveal()


def account_of(profile: str, provider: str, name: str) -> str:
    """Return the name of a setting in the keyring."""
    return f"{profile}.{provider}.{name}"


def setting(profile: str, provider: str, name: str) -> Setting:
    """Return a setting of a profile that is in the keyring, without reading it."""
    return KeyringSetting(account_of(profile, provider, name), provider)


def read(account: str) -> str | None:
    """Return the value of an account; None without one. Raises ConfigError."""
    value: str | None = _call("get_password", SERVICE, account)
    return value


def write(account: str, value: str) -> None:
    """Store a value. Raises ConfigError."""
    _call("set_password", SERVICE, account, value)


def delete(account: str) -> None:
    """Delete a value, if there is one. Raises ConfigError."""
    if read(account) is not None:
        _call("delete_password", SERVICE, account)


def _call(function: str, *arguments: str) -> Any:
    try:
        # Not an import statement: it is an extra.
        keyring: Any = importlib.import_module("keyring")
        errors: Any = importlib.import_module("keyring.errors")
    except ImportError:
        raise ConfigError("the system keyring needs an extra", hint="pip install 'anyqpu[keyring]'") from None
    try:
        return getattr(keyring, function)(*arguments)
    except errors.KeyringError as error:
        # Not its text, which is the backend's own; nor the frames, which hold the value.
        reason = type(error).__name__
    raise ConfigError(
        f"the system keyring cannot be used ({reason})",
        hint=Hint("Unlock it, or keep the credentials in the file", "Unlock it, or log in without --keyring"),
    )
