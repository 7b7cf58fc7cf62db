"""What graded a submission, as hashes; fingerprints of code; why two gradings may differ."""
