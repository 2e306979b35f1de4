"""Parts of Scaleway Quantum as a Service that have operations of their own."""
