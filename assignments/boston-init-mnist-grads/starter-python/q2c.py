"""Question 2c: Glorot normal and Glorot uniform."""


def glorot_normal(shape, seed=1):
    """A tf.Variable of this shape: a normal law with mean 0 and variance 2 / (in + out)."""
    raise NotImplementedError("Q2c is not implemented yet")


def glorot_uniform(shape, seed=1):
    """The same variance under a uniform law."""
    raise NotImplementedError("Q2c is not implemented yet")
