"""Every rung trains from nothing again.

caught by: check_halving_of_the_worked_example
message: its epochs would be paid twice
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for epochs in ladder:
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(configs[trial], epochs, None)
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
