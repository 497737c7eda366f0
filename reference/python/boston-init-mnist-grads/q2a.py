"""Question 2a: h = tanh(W h + b), layer after layer, with columns as vectors as in the sheet."""

import tensorflow as tf


def init_standard_normal(sizes, seed=1):
    """Weights W of shape [out, in] from N(0, 1), every layer from a seed of its own, and biases of zero."""
    pairs = list(zip(sizes[:-1], sizes[1:]))
    weights = [tf.Variable(tf.random.stateless_normal([n_out, n_in], seed=[seed, k])) for k, (n_in, n_out) in enumerate(pairs)]
    biases = [tf.Variable(tf.zeros([n_out, 1])) for _, n_out in pairs]
    return weights, biases


def sample_input(n, seed=1):
    """One input as a column of n draws from N(0, 1/2): the standard deviation is the root of a half."""
    return tf.random.stateless_normal([n, 1], seed=[seed, 1000], stddev=0.5**0.5)


def layer_activations(x, weights, biases):
    """The activations of every layer, the last one included."""
    activations, h = [], x
    for W, b in zip(weights, biases):
        h = tf.tanh(tf.matmul(W, h) + b)
        activations.append(h)
    return activations
