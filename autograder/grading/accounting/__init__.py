"""Costs that students predict, held against what counters see."""
