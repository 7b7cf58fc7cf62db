"""The loss is multiplied by T^2, and the gradient is not.

caught by: check_distillation_loss_and_its_gradient
message: its gradient
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    p, q = np.exp(log_p), np.exp(log_q)
    loss = T**2 * (p * (log_p - log_q)).sum(axis=1).mean()
    return float(loss), (q - p) / T / len(student)
