"""The timeline comes from a heap of events, and 1F1B from a limit of live micro-batches.

appended to: pipeline.py
"""

import heapq


def gpipe(p, m):
    forwards = [("F", j) for j in range(m)]
    backwards = [("B", j) for j in range(m)]
    return [forwards + backwards for _ in range(p)]


def one_f_one_b(p, m):
    def stage(limit):
        forward = backward = 0
        while backward < m:
            if forward < m and forward - backward < limit:
                yield "F", forward
                forward += 1
            else:
                yield "B", backward
                backward += 1

    return [list(stage(p - i)) for i in range(p)]


def timeline(schedule, t_F, t_B):
    p, at, waiting, slots = len(schedule), [0] * len(schedule), {}, []
    done, idle_since, events = {}, [0.0] * p, [(0.0, i) for i in range(p)]
    heapq.heapify(events)
    while events:
        now, i = heapq.heappop(events)
        if at[i] == len(schedule[i]) or now < idle_since[i]:
            continue
        kind, j = schedule[i][at[i]]
        if kind == "F":
            need = None if i == 0 else (kind, i - 1, j)
        else:
            need = ("F", i, j) if i == p - 1 else (kind, i + 1, j)
        if need is not None and done.get(need, now + 1) > now:
            if need in done:
                heapq.heappush(events, (done[need], i))
            else:
                waiting[need] = i
            continue
        end = now + {"F": t_F, "B": t_B}[kind]
        slots.append(Slot(now, end, i, kind, j))
        done[kind, i, j] = idle_since[i] = end
        at[i] += 1
        heapq.heappush(events, (end, i))
        if (kind, i, j) in waiting:
            heapq.heappush(events, (end, waiting.pop((kind, i, j))))
    if len(slots) < sum(map(len, schedule)):
        raise ValueError("the stages wait for each other")
    return sorted(slots, key=lambda slot: (slot[0], slot[2]))


def peak_live(schedule):
    peaks = []
    for order in schedule:
        live, peak = set(), 0
        for kind, j in order:
            if kind == "F":
                live.add(j)
            peak = max(peak, len(live))
            if kind == "B":
                live.discard(j)
        peaks.append(peak)
    return peaks
