"""What survives a restart: records in memory whose changes are written to an SQLite file, if there is one."""

from .codec import Codec
from .file import StateError, StateFile
from .keeper import Keeper
from .ledger import Ledger
from .shelf import Kind, Shelf

__all__ = ["Codec", "Keeper", "Kind", "Ledger", "Shelf", "StateError", "StateFile"]
