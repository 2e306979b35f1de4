"""Hooks and extensions of the documentation site."""
