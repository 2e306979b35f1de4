"""A provider for anyqpu in a package of its own: devices, and jobs that can be listed and cancelled."""
