"""Where settings come from: arguments, the environment, our own profiles, and each cloud's own files."""

from anyqpu.config.credentials import has_credentials, in_use, missing
from anyqpu.config.names import names
from anyqpu.config.resolving import resolve
from anyqpu.config.settings import Setting, Settings

__all__ = ["Setting", "Settings", "has_credentials", "in_use", "missing", "names", "resolve"]
