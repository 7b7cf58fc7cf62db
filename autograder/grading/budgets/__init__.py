"""Budgets of operations, memory and time: how each is measured and held against its limit."""
