"""Reports as one HTML page, with budgets as bars and ranks over time."""
