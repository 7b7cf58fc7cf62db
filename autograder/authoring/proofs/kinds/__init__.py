"""The kinds of proof, one a file; budgets also have a file of figures."""
