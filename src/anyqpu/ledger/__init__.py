"""The ledger: which jobs are to be sent, which were, and how they ended, in memory, in SQLite or in PostgreSQL."""
