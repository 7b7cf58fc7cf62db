"""The report on a class: scores, checks, budgets, and what needs a person, as one HTML file."""
