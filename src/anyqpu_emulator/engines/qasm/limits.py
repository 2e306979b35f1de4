"""Bounds of a program, checked before work is done, so that no program takes the emulator's memory or time.

They are far above what a simulator of 20 qubits can run in minutes.
"""

from __future__ import annotations

MAX_TEXT = 8_000_000
"""Characters of a program."""
MAX_TOKENS = 1_000_000
"""Words and symbols of one statement at the top of the program, such as a block."""
MAX_QUBITS = 10_000
"""Declared qubits. How many a circuit may act on is the simulator's limit."""
MAX_BITS = 10_000
"""Classical bits of all registers together."""
MAX_OPERATIONS = 250_000
"""Gates, measurements and other operations after everything is expanded."""
MAX_ITERATIONS = 100_000
"""Iterations of loops and calls of subroutines while a program is expanded, all together."""
MAX_WHILE = 20_000
"""Iterations of `while` loops while a program is expanded, all together: how many there are is only seen by trying."""
MAX_RUN_ITERATIONS = 10_000
"""Iterations of a loop that measured bits decide, in one shot."""
MAX_NESTING = 64
"""Levels of blocks, brackets and operators inside each other, and of calls inside calls."""
MAX_GATE_NESTING = 64
"""Levels of gates that are defined by other gates."""
MAX_WIDTH = 1024
"""Bits of an integer or an angle, declared or computed."""
MAX_ARRAY = 100_000
"""Elements of an array."""
MAX_ELEMENTS = 1_000_000
"""Elements of all arrays and aliases together."""
MAX_MATRIX_QUBITS = 7
"""Qubits of a gate whose power needs the whole matrix."""
MAX_SECONDS = 30.0
"""Time to read and expand a program."""
