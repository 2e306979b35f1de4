"""What a maintainer asks first: versions, settings without secrets, and what the clouds sent that we do not know."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from anyqpu import __version__, config, drift
from anyqpu.connecting import PROVIDERS
from anyqpu.errors import AnyQPUError
from anyqpu_cli.output import show as _show
from anyqpu_cli.output import show_json

# What httpx stands on, and much of our transport too.
BELOW = ("httpcore", "h11")
# Extras of those who work on the package.
OURS = {"dev", "docs", "release"}


def report() -> dict[str, Any]:
    """The report as data. Secrets are `***`; a home folder in a path is `~`."""
    return {
        "anyqpu": __version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "packages": {name: found for name in _packages() if (found := _version(name))},
        "settings": {provider: _settings(provider) for provider in PROVIDERS},
        "drift": [
            {"provider": each.provider, "kind": each.kind, "where": each.where, "what": each.what, "count": each.count}
            for each in drift.recorded()
        ],
    }


def show(*, as_json: bool) -> None:
    """Print the report."""
    found = report()
    if as_json:
        show_json(found)
        return
    _show(f"anyqpu {found['anyqpu']}, Python {found['python']}, {found['platform']}")
    _show(", ".join(f"{name} {number}" for name, number in found["packages"].items()))
    for provider, settings in found["settings"].items():
        _show(f"\n{provider}:" + ("" if settings else " no settings"))
        for name, (value, origin) in settings.items():
            _show(f"  {name} = {value}  ({origin})")
    _show("\nSent by the clouds and not in their documents:")
    for each in found["drift"]:
        _show(f"  {each['provider']}: {each['kind']} {each['what']!r} of {each['where']}, {each['count']} times")
    if not found["drift"]:
        _show(f"  nothing recorded; set {drift.ENVIRONMENT} to a file's path, and processes add to it what they meet")


def _packages() -> list[str]:
    """What the package needs, with its extras."""
    names = set[str](BELOW)
    for each in requires("anyqpu") or ():
        needed, _, condition = each.partition(";")
        extra = re.search(r"extra == ['\"]([\w-]+)", condition)
        if extra is None or extra[1] not in OURS:
            names.add(re.split(r"[^\w.-]", needed, maxsplit=1)[0])
    return sorted(names, key=str.lower)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _settings(provider: str) -> dict[str, tuple[str, str]]:
    try:
        described = config.resolve(provider, {}).describe()
    except AnyQPUError as error:
        return {"problem": (error.message, "")}
    home = str(Path.home())
    return {name: (value, origin.replace(home, "~")) for name, (value, origin) in described.items()}
