"""Problem 1 B."""


def best_constant(xs):
    """The μ that minimises Σᵢ ‖xᵢ - μ‖², for n points of d coordinates (n × d)."""
    raise NotImplementedError("P1B is not implemented yet")
