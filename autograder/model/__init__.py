"""The data that all other packages share: assignments, checks, outcomes, reports."""
