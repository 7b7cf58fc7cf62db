"""One module for each command, imported when it runs: `run(options)` returns its exit status."""
