"""What one grading and each run of a check have: request, worker, seed, time limit, transcript."""
