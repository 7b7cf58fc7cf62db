"""A run in the small form in which it travels to the report."""

import math

from autograder.grading.cluster.network import VirtualNetwork
from autograder.model.outcome import Arrow, RankTimeline

_MOST = 400  # stretches, and arrows: a picture with more shows nothing


def timeline_of(network: VirtualNetwork) -> RankTimeline | None:
    """What the ranks did so far; None when no time has passed, or more than can be drawn."""
    end_s = max(network.clock_s)
    if not 0 < end_s < math.inf:
        return None
    received = [t for t in network.transfers if t.arrived and t.arrived_s <= end_s]
    stretches = sorted(network.spans, key=lambda each: each.start_s)
    arrows = sorted(received, key=lambda transfer: transfer.start_s)
    return RankTimeline(
        ranks=network.size,
        end_s=end_s,
        stretches=tuple(stretches[:_MOST]),
        arrows=tuple(Arrow(t.source, t.target, t.start_s, t.arrived_s) for t in arrows[:_MOST]),
        is_cut=max(len(stretches), len(arrows)) > _MOST,
    )
