"""Workers that are no processes of their own: played from a tape, or local, to be debugged."""
