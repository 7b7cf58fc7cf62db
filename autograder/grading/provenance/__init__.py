"""What graded a submission, as hashes, and why two gradings of it may differ."""
