"""What all providers share: the client, its verbs, and the tools that adapters are built from."""
