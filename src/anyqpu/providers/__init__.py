"""One package per cloud; they do not know each other."""
