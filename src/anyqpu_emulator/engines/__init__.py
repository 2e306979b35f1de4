"""Simulators. They know circuits and nothing of any cloud: no HTTP, no provider's result shapes."""
