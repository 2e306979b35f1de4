// Registers and gates named like keywords of OpenQASM 3
// expected: {"11": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
gate inv a { x a; }
qreg qubit[1]; qreg let[1]; creg bit[1]; creg const[1];
inv qubit[0];
cx qubit,let;
measure qubit -> bit; measure let -> const;
