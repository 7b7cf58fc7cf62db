"""The last stage's backward gets what its forward returned.

caught by: check_stages_pass_on_what_they_made, check_stages_of_other_pipelines
message: waits for
appended to: pipeline.py
"""

plain_stage = run_stage


def run_stage(comm, order, forward, backward):
    results = {}

    def remembered(j, x):
        results[j] = forward(j, x)
        return results[j]

    def from_result(j, dy):
        return backward(j, results[j] if dy is None else dy)

    plain_stage(comm, order, remembered, from_result)
