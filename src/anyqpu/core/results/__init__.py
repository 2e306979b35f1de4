"""Results in common forms: counts, registers, samples."""
