"""One grading from files to a report, in this process or in others.

`session` starts the launcher, `run` selects and sets up, `plugin` has pytest collect, and `judge`
decides each check; `subprocess_grading` and `grading_server` grade in other processes.
"""
