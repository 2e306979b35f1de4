// Transverse-field Ising chain, three Trotter steps
OPENQASM 2.0;
include "qelib1.inc";
gate step(j,g) a,b,d,e,f {
  rzz(-2*j) a,b; rzz(-2*j) b,d; rzz(-2*j) d,e; rzz(-2*j) e,f;
  rx(-2*g) a; rx(-2*g) b; rx(-2*g) d; rx(-2*g) e; rx(-2*g) f;
}
qreg q[5]; creg c[5];
step(0.2,0.3) q[0],q[1],q[2],q[3],q[4];
step(0.2,0.3) q[0],q[1],q[2],q[3],q[4];
step(0.2,0.3) q[0],q[1],q[2],q[3],q[4];
measure q -> c;
