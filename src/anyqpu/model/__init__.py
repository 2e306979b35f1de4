"""The common model: what a job, a device or a result is, whatever the cloud. No I/O but reading a program's file."""
