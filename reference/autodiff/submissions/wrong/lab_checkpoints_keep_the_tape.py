"""The checkpointed chain kept its whole tape.

caught by: check_lab_shows_what_theory_says
message: way checkpoints
"""
