"""`anyqpu bug-report`: versions, settings without secrets, and what providers sent that their documents lack."""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from anyqpu import __version__, config, drift
from anyqpu.errors import AnyQPUError
from anyqpu_cli.output import show as _show
from anyqpu_cli.output import show_json
from anyqpu_cli.target import provider_names

# Dependencies of httpx that our transport uses too.
INDIRECT = ("httpcore", "h11")
# Extras for development.
DEVELOPMENT = {"dev", "docs", "release"}


def report() -> dict[str, Any]:
    """Return the report as data. Secrets are `***`; the home folder in a path is `~`."""
    return {
        "anyqpu": __version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "packages": {name: number for name in _packages() if (number := _version(name))},
        "settings": {provider: _settings(provider) for provider in provider_names()},
        "drift": [asdict(entry) for entry in drift.recorded()],
    }


def show(*, as_json: bool) -> None:
    """Print the report."""
    data = report()
    if as_json:
        show_json(data)
        return
    _show(f"anyqpu {data['anyqpu']}, Python {data['python']}, {data['platform']}")
    _show(", ".join(f"{name} {number}" for name, number in data["packages"].items()))
    for provider, settings in data["settings"].items():
        _show(f"\n{provider}:" + ("" if settings else " no settings"))
        for name, (value, origin) in settings.items():
            _show(f"  {name} = {value}  ({origin})")
    _show("\nSent by providers and missing from their API documents:")
    for entry in data["drift"]:
        provider, kind, where = entry["provider"], entry["kind"], entry["where"]
        _show(f"  {provider}: {kind} {entry['what']!r} of {where}, {entry['count']} times")
    if not data["drift"]:
        _show(f"  nothing recorded; processes record it in the file that {drift.ENVIRONMENT} names")


def _packages() -> list[str]:
    """Return the names of the package's dependencies, with those of its extras."""
    names = set[str](INDIRECT)
    for requirement in requires("anyqpu") or ():
        package, _, condition = requirement.partition(";")
        extra = re.search(r"extra == ['\"]([\w-]+)", condition)
        if extra is None or extra[1] not in DEVELOPMENT:
            names.add(re.split(r"[^\w.-]", package, maxsplit=1)[0])
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
