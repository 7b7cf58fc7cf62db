"""What proves the checks, kind by kind, in records that follow a change; and the score."""
