"""Task 0, model solution: the lab's code in another form, with the gradients as matrices of the weights."""

import numpy as np


class Layer:
    """What stands between two layers of units."""

    def __init__(self, W):
        self.W = W


def f_sigmoid(X, deriv=False):
    """σ of every number, or with `deriv` σ' of every number. e^-|x| never overflows."""
    e = np.exp(-np.abs(X))
    if deriv:
        return e / (1 + e) ** 2
    return np.where(X >= 0, 1, e) / (1 + e)


def f_softmax(X):
    """The softmax of every row, with the largest number of the row subtracted first."""
    powers = np.exp(X - X.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def label_to_bit_vector(labels, nbits):
    """One row of `nbits` numbers for each label, 1 at the place of the label and 0 elsewhere."""
    bits = np.zeros((len(labels), nbits))
    for row, label in zip(bits, labels):
        row[label] = 1
    return bits


def create_batches(data, labels, batch_size, nbits=10):
    """Batches in the order of the images, with bit vectors; a last incomplete batch is left out."""
    data_batches, label_batches = [], []
    for end in range(batch_size, len(data) + 1, batch_size):
        data_batches.append(data[end - batch_size : end])
        label_batches.append(label_to_bit_vector(labels[end - batch_size : end], nbits))
    return data_batches, label_batches


class MultiLayerPerceptron:
    """Sigmoid hidden units, softmax at the output; the biases are the last row of every W."""

    def __init__(self, layer_config, batch_size, rng, init_sd=0.1):
        sizes = zip(layer_config, layer_config[1:])
        self.layers = [Layer(rng.normal(0, init_sd, size=(n + 1, m))) for n, m in sizes]

    def forward_propagate(self, data):
        self.inputs, signal = [], data
        for i, layer in enumerate(self.layers):
            hidden = signal if i == 0 else f_sigmoid(signal)
            self.inputs.append(np.hstack([hidden, np.ones((len(hidden), 1))]))
            signal = self.inputs[-1] @ layer.W
        return f_softmax(signal)

    def backpropagate(self, yhat, labels):
        """∂(summed cross-entropy)/∂z is yhat - labels at the output, and (δ Wᵀ) ∘ a (1 - a) below."""
        self.gradients = []
        delta = yhat - labels
        for layer, a in zip(reversed(self.layers), reversed(self.inputs)):
            self.gradients.insert(0, a.T @ delta)
            delta = (delta @ layer.W.T * a * (1 - a))[:, :-1]

    def update_weights(self, eta):
        for layer, gradient in zip(self.layers, self.gradients):
            layer.W = layer.W - eta * gradient

    def evaluate(self, train_data, train_labels, test_data, test_labels, epochs, eta):
        log = {"train_err": [], "train_acc": [], "test_err": [], "test_acc": []}
        for _ in range(epochs):
            for batch, labels in zip(train_data, train_labels):
                self.backpropagate(self.forward_propagate(batch), labels)
                self.update_weights(eta)
            train_acc, test_acc = self.accuracy(train_data, train_labels), self.accuracy(test_data, test_labels)
            for key, value in zip(log, (1 - train_acc, train_acc, 1 - test_acc, test_acc)):
                log[key].append(value)
        return log

    def accuracy(self, data, labels):
        """The share of images whose most probable class is their label."""
        hits = [self.forward_propagate(x).argmax(axis=1) == y.argmax(axis=1) for x, y in zip(data, labels)]
        return np.concatenate(hits).mean()
