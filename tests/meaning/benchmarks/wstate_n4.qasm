// W state from G gates by ry, cz and cx
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4]; creg c[4];
gate g(theta) a,b { ry(-theta) b; cz a,b; ry(theta) b; }
x q[3];
g(1.0471975511965976) q[3],q[2];

g(0.9553166181245093) q[2],q[1];
g(pi/4) q[1],q[0];
cx q[2],q[3]; cx q[1],q[2]; cx q[0],q[1];
measure q -> c;
