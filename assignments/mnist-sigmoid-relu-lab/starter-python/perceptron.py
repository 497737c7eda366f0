"""Given. A multilayer perceptron with sigmoid units in the hidden layers and softmax at the output."""

import numpy as np
from functions import f_sigmoid, f_softmax


class Layer:
    """One layer, with everything that backpropagation has to remember of the last batch."""

    def __init__(self, size, batch_size, is_input=False, is_output=False, activation=f_sigmoid):
        self.size, self.batch_size = size, batch_size
        self.is_input, self.is_output = is_input, is_output
        self.activation = activation
        # What goes out: batch × (size + 1), the last column all 1; at the output the probabilities, without that column.
        self.Z = None
        # Weights to the next layer, (size + 1) × (size of the next layer); the last row holds the biases. None at the output.
        self.W = None
        # What comes in: batch × size.
        self.S = None
        # ∂(loss)/∂S, size × batch.
        self.D = None
        # The derivative of the activation at S, size × batch; hidden layers only.
        self.Fp = None

    def forward_propagate(self, data):
        """Passes a batch on: what the next layer gets as its S, or the probabilities."""
        self.S = data
        if self.is_output:
            self.Z = f_softmax(data)
            return self.Z
        if not self.is_input:
            self.Fp = self.activation(data, deriv=True).T
            data = self.activation(data)
        self.Z = np.append(data, np.ones((len(data), 1)), axis=1)
        return self.Z @ self.W


class MultiLayerPerceptron:
    def __init__(self, layer_config, batch_size, rng, init_sd=0.1):
        """`layer_config` lists the sizes from input to output; weights and biases are drawn from N(0, init_sd²)."""
        last = len(layer_config) - 1
        self.batch_size = batch_size
        self.layers = [
            Layer(size, batch_size, is_input=i == 0, is_output=i == last) for i, size in enumerate(layer_config)
        ]
        for layer, following in zip(self.layers, self.layers[1:]):
            layer.W = rng.normal(0, init_sd, size=(layer.size + 1, following.size))

    def forward_propagate(self, data):
        """The probabilities of the classes for a batch of images, one row each."""
        for layer in self.layers:
            data = layer.forward_propagate(data)
        return data

    def backpropagate(self, yhat, labels):
        """Gets the output of the last forward pass and its labels, and leaves D in every hidden layer and the last."""
        self.layers[-1].D = (yhat - labels).T  # F1: what is computed here?

        # F2: what does this loop do?
        for i in range(len(self.layers) - 2, 0, -1):
            without_bias = self.layers[i].W[:-1]
            self.layers[i].D = without_bias @ self.layers[i + 1].D * self.layers[i].Fp

    def update_weights(self, eta):
        """One step for all weights, with what `backpropagate` has left."""
        # F3: how are the weights updated?
        for i in range(len(self.layers) - 1):
            step = -eta * (self.layers[i + 1].D @ self.layers[i].Z).T
            self.layers[i].W = self.layers[i].W + step

    def evaluate(self, train_data, train_labels, test_data, test_labels, epochs, eta):
        """
        Trains for some epochs, one step for each batch in order, and looks at all batches after every epoch: a dictionary of lists,
        train_err, train_acc, test_err and test_acc. Error and accuracy are shares of all images: together they make 1.
        """
        log = {"train_err": [], "train_acc": [], "test_err": [], "test_acc": []}
        for _ in range(epochs):
            for batch, labels in zip(train_data, train_labels):
                self.backpropagate(self.forward_propagate(batch), labels)
                self.update_weights(eta)
            for part, data, labels in (("train", train_data, train_labels), ("test", test_data, test_labels)):
                error = self.error_rate(data, labels)
                log[part + "_err"].append(error)
                log[part + "_acc"].append(1 - error)
        return log

    def error_rate(self, data, labels):
        """The share of images whose most probable class is not their label."""
        wrong = [self.forward_propagate(x).argmax(axis=1) != y.argmax(axis=1) for x, y in zip(data, labels)]
        return float(np.mean(np.concatenate(wrong))) if wrong else float("nan")
