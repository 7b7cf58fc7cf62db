"""Tests of autograder.budgets."""
