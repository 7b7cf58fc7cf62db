"""A micro-batch is counted after the next piece of work.

caught by: check_timeline_of_the_worked_example, check_bubble_and_live_micro_batches
message: expected
appended to: pipeline.py
"""


def peak_live(schedule):
    peaks = []
    for order in schedule:
        live = peak = 0
        for kind, _ in order:
            if kind == "B":
                peak = max(peak, live - 1)
            live += 1 if kind == "F" else -1
        peaks.append(peak)
    return peaks
