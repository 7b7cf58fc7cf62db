"""All states are kept.

caught by: check_halving_keeps_only_states_it_needs
message: the budget is
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for number, epochs in enumerate(ladder):
        scores = {}
        for trial in left:
            scores[trial], states[trial, number] = train(
                configs[trial], epochs, states.get((trial, number - 1))
            )
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
