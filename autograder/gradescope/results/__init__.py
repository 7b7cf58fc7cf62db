"""The contract of results.json: what it must hold, how it is written and read."""
