"""For whoever writes an assignment: start one, and prove that it grades as declared."""
