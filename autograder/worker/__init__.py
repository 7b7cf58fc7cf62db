"""What runs in the untrusted process, which imports the submission and answers calls."""
