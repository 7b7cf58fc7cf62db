"""Costs that students predict, compared with what counters see."""
