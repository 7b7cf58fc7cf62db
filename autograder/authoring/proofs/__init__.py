"""What proves the checks: mutants, tolerances, budgets, gradings under load, and the score."""
