"""Parts of Rigetti Quantum Cloud Services that have operations of their own."""
