"""For authors of assignments: start one, and prove that it grades as they declare."""
