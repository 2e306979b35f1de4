"""Kipu's own file, as `qhubctl login` writes it; earlier `planqk login`."""

from __future__ import annotations

from anyqpu.config import files, formats
from anyqpu.config.files import Environment
from anyqpu.config.settings import Setting


def read(around: Environment) -> dict[str, Setting]:
    """What the file says: a token, and the organization that was chosen, if it is not the personal account."""
    config_home = around.home / ".config"  # Kipu's tools do not look at XDG_CONFIG_HOME
    base = around.directory("LOCALAPPDATA", "AppData", "Local") if files.WINDOWS else config_home
    document = around.load(
        formats.json, base / "qhubctl" / "config.json", "KQH_CONFIG_FILE_PATH", "PLANQK_CONFIG_FILE_PATH"
    ) or around.read(formats.json, config_home / "planqk" / "config.json")
    if document is None:
        return {}

    settings = {"token": document.setting("auth", "value")}
    is_organization = document.get("context", "isOrganization")
    if not isinstance(is_organization, bool | None):
        raise document.problem("is neither true nor false", "context", "isOrganization")
    if is_organization:
        settings["organization_id"] = document.setting("context", "id")
    return {name: setting for name, setting in settings.items() if setting is not None}
