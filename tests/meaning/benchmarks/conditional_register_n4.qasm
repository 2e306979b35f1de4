// A condition on a gate for a whole register
// control
OPENQASM 2.0;
include "qelib1.inc";
qreg a[2]; qreg b[2]; creg f[2]; creg m[2];
h a;
measure a -> f;
if(f==2) x b;
if(f==1) cx a,b;
measure b -> m;
