// Grover on three qubits, two rounds, marked 101
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[3];
gate oracle a,b,d { x b; h d; ccx a,b,d; h d; x b; }
gate diffuse a,b,d { h a; h b; h d; x a; x b; x d; h d; ccx a,b,d; h d; x a; x b; x d; h a; h b; h d; }
h q;
oracle q[0],q[1],q[2]; diffuse q[0],q[1],q[2];
oracle q[0],q[1],q[2]; diffuse q[0],q[1],q[2];
measure q -> c;
