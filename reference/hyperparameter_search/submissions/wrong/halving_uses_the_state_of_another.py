"""States stay in the order of the rung before, and trials do not.

caught by: check_halving_of_the_worked_example
message: was used for another configuration
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), [None] * len(configs), []
    for epochs in ladder:
        results = [train(configs[i], epochs, state) for i, state in zip(left, states, strict=False)]
        history += [
            Evaluation(i, epochs, score) for i, (score, _) in zip(left, results, strict=True)
        ]
        scores = {i: score for i, (score, _) in zip(left, results, strict=True)}
        states = [state for _, state in results]
        ranking = sorted(left, key=lambda i: rank(scores[i]))
        left = sorted(ranking[: max(1, len(left) // eta)])
    return Search(list(configs), history, ranking[0])
