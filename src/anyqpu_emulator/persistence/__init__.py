"""State that survives a restart: tables of records in memory whose changes are written to an SQLite file."""

from .codec import Codec
from .file import StateError, StateFile
from .middleware import PersistenceMiddleware
from .tables import Persistence, Schema, Table

__all__ = ["Codec", "Persistence", "PersistenceMiddleware", "Schema", "StateError", "StateFile", "Table"]
