"""Question 3a: the MNIST classifier and its training tensors."""

import tensorflow as tf
from tensorflow.keras import layers


def build_mnist_model():
    """784-64-64-10 with sigmoid, sigmoid, softmax; activations are layers of their own, so that a can be read before them."""
    return tf.keras.Sequential([
        layers.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(64),
        layers.Activation("sigmoid"),
        layers.Dense(64),
        layers.Activation("sigmoid"),
        layers.Dense(10),
        layers.Activation("softmax"),
    ])


def prepare(images, labels):
    """Pixels divided by 255 as [n, 28, 28] and one-hot targets as [n, 10]; row i of both belongs to label i."""
    x_train = tf.reshape(tf.cast(images, tf.float32), [len(labels), 28, 28]) / 255.0
    return x_train, tf.one_hot(labels, 10)
