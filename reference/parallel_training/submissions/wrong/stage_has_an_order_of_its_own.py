"""A stage does all its forwards first.

caught by: check_stages_pass_on_what_they_made
message: is a list of
appended to: pipeline.py
"""

in_order = run_stage


def run_stage(comm, order, forward, backward):
    in_order(comm, sorted(order, key=lambda work: work[0] == "B"), forward, backward)
