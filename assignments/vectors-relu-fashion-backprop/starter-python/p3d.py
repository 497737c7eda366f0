"""Problem 3 D."""


def relu_net_grads(net, x):
    """`(dwO, dbO, dwH, dbH)` for a net with net["wH"], net["bH"], net["wO"] and net["bO"], at x."""
    raise NotImplementedError("P3D is not implemented yet")
