// A switch on two measured bits
// control
// expected: {"110": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
qubit r;
bit[2] c;
bit d;
x q[1];
c = measure q;
switch (int[8](c)) {
  case 0 { h r; }
  case 1, 3 { y r; h r; }
  case 2 { x r; }
  default { }
}
d = measure r;
