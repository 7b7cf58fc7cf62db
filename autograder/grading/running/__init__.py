"""One grading from files to a report: the session, pytest's plugin, the judge of each check."""
