"""The common model of all providers: jobs, devices, results. Its only I/O is reading a program's file."""
