"""What everything else talks about: assignments, checks, outcomes, reports. Data only."""
