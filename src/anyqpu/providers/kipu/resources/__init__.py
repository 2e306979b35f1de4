"""Parts of Kipu Quantum Hub that have operations of their own."""
