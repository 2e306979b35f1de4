"""Recordings of a terminal while a program follows each tutorial."""
