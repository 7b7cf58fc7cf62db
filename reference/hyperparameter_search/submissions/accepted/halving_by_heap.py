"""The best trials come from a heap.

appended to: racing.py
"""

import heapq


def successive_halving(configs, train, ladder, eta):
    trials = [(number, None) for number in range(len(configs))]
    history, winner = [], None
    for epochs in ladder:
        heap, states = [], {}
        for number, state in trials:
            score, states[number] = train(configs[number], epochs, state=state)
            history.append(Evaluation(number, epochs, score))
            heap.append((score != score, 0.0 if score != score else score, number))
        heapq.heapify(heap)
        winner = heap[0][2]
        kept = [heapq.heappop(heap)[2] for _ in range(max(1, len(heap) // eta))]
        trials = [(number, states[number]) for number in sorted(kept)]
    return Search(list(configs), history, winner)
