"""Task 0, optional and without marks: the given code once more, written by yourself."""


def f_sigmoid(X, deriv=False):
    """σ of every number, or with `deriv` σ' of every number."""
    raise NotImplementedError("f_sigmoid is not implemented yet")


def f_softmax(X):
    """The softmax of every row; rows with numbers like ±800 still give probabilities."""
    raise NotImplementedError("f_softmax is not implemented yet")


def label_to_bit_vector(labels, nbits):
    """One row of `nbits` numbers for each label."""
    raise NotImplementedError("label_to_bit_vector is not implemented yet")


def create_batches(data, labels, batch_size, nbits=10):
    """`(data_batches, label_batches)`, in order, without an incomplete batch."""
    raise NotImplementedError("create_batches is not implemented yet")


class MultiLayerPerceptron:
    """layers[i].W is (sizes[i] + 1) × sizes[i + 1]; its last row holds the biases."""

    def __init__(self, layer_config, batch_size, rng, init_sd=0.1):
        """Layers of these sizes, weights drawn with `rng`."""
        raise NotImplementedError("MultiLayerPerceptron is not implemented yet")

    def forward_propagate(self, data):
        """The probabilities of the classes, one row for each image."""
        raise NotImplementedError("forward_propagate is not implemented yet")

    def backpropagate(self, yhat, labels):
        """Prepares the gradients of the cross-entropy, summed over the batch of the last forward pass."""
        raise NotImplementedError("backpropagate is not implemented yet")

    def update_weights(self, eta):
        """One step with these gradients."""
        raise NotImplementedError("update_weights is not implemented yet")

    def evaluate(self, train_data, train_labels, test_data, test_labels, epochs, eta):
        """Trains, and returns the lists train_err, train_acc, test_err and test_acc in a dictionary."""
        raise NotImplementedError("evaluate is not implemented yet")
