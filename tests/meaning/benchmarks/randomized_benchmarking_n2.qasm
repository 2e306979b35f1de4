// Clifford sequence and its inverse
// expected: {"00": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2]; creg c[2];
h q[0]; s q[1]; cx q[0],q[1]; sdg q[0]; h q[1]; cz q[0],q[1]; sx q[0]; y q[1];
barrier q;
y q[1]; sxdg q[0]; cz q[0],q[1]; h q[1]; s q[0]; cx q[0],q[1]; sdg q[1]; h q[0];
measure q -> c;
