"""Submissions that attack the grader, and the proof that nothing comes of it."""
