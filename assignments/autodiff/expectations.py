"""What the checks of several parts share: the worked example of the handout."""

# The worked example of the handout, section 4: y = x0 (x0 + x1) + x1, leaves 0 and 1
NODES_BY_HAND = [("add", [0, 1], {}), ("mul", [0, 2], {}), ("add", [3, 1], {})]
