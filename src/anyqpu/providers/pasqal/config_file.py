"""The file of qrmi, through which Pasqal's machines are reached from computing centres."""

from __future__ import annotations

from pathlib import Path

from anyqpu.config import formats
from anyqpu.config.files import Environment
from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError

KEYS = {
    "username": "username",
    "password": "password",
    "token": "token",
    "project_id": "project_id",
    "auth_endpoint": "auth_url",
}


def read(around: Environment) -> dict[str, Setting]:
    """Return the settings in the file. Keys like `FRESNEL.token` are for one backend of qrmi, and are left alone."""
    variable = around.variable("PASQAL_CONFIG_ROOT")
    root = _expanded(around, variable[1]) if variable else around.home
    path = root / ".pasqal" / "config"
    document = around.read(formats.assignments, path)
    if document is None:
        if variable:
            raise ConfigError(
                f"environment variable PASQAL_CONFIG_ROOT leads to the file {path}, which does not exist",
                hint="Correct the variable, or unset it",
            )
        return {}
    settings = {name: setting for key, name in KEYS.items() if (setting := document.setting(key)) is not None}
    if (endpoint := settings.get("auth_url")) and "://" not in endpoint.value:
        # qrmi's own default is written without the scheme.
        settings["auth_url"] = Setting(f"https://{endpoint.value}", endpoint.origin)
    return settings


def _expanded(around: Environment, root: str) -> Path:
    """The directory around .pasqal. As in qrmi, the name may hold other variables."""
    from string import Template

    return around.expand(Template(root).safe_substitute(around.environ))
