"""The loss is KL(q || p), and its gradient that of KL(p || q).

caught by: check_distillation_loss_and_its_gradient
message: the loss of two classes
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    p, q = np.exp(log_p), np.exp(log_q)
    loss = T**2 * (q * (log_q - log_p)).sum(axis=1).mean()
    return float(loss), T * (q - p) / len(student)
