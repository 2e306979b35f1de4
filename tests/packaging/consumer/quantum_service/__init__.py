"""A service of another author, written against the installed package. It is checked, and not run."""
