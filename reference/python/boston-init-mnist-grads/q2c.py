"""Question 2c: Glorot and Bengio ask for Var w = 2 / (in + out), so that signals keep their size in both directions."""

import tensorflow as tf


def glorot_normal(shape, seed=1):
    """N(0, 2 / (in + out))."""
    return tf.Variable(tf.random.stateless_normal(shape, seed=[seed, 0], stddev=(2 / sum(shape)) ** 0.5))


def glorot_uniform(shape, seed=1):
    """U[-a, a] with a = root of 6 / (in + out), since the variance of U[-a, a] is a² / 3."""
    limit = (6 / sum(shape)) ** 0.5
    return tf.Variable(tf.random.stateless_uniform(shape, seed=[seed, 1], minval=-limit, maxval=limit))
