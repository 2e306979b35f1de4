"""Simulators of circuits, atoms and photons, without HTTP and the clouds' forms of results."""
