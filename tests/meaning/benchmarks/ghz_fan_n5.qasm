// GHZ state by one control on a register
OPENQASM 2.0;
include "qelib1.inc";
qreg root[1];
qreg leaf[4];
creg c[5];
h root;
cx root[0],leaf;
measure root[0] -> c[0];
measure leaf[0] -> c[1];
measure leaf[1] -> c[2];
measure leaf[2] -> c[3];
measure leaf[3] -> c[4];
