"""Budgets of operations, memory and time: how each is measured and compared with its limit."""
