"""Sections 2.4, 3.3 and 3.4: one layer of a multilayer perceptron."""


class MLPLayer:
    def __init__(self, activation, units, input_size, rng):
        """
        2.4. `weights` is input_size × units, drawn small and at random from `rng`, e.g. normal with standard deviation 0.2;
        `bias` holds one number for each unit, 0 at first.
        """
        self.activation = activation
        self.weights = None
        self.bias = None
        raise NotImplementedError("2.4 is not implemented yet")

    def forward(self, x):
        """2.4. activation(x @ weights + bias); x is examples × input_size, the result examples × units."""
        raise NotImplementedError("2.4 is not implemented yet")

    def weights_backward(self, d_pre, input, pre_activation):
        """
        3.3. The gradients `(dW, dB, d_input)` from d_pre = dL/dpre_activation (examples × units) and the input of the layer
        (examples × input_size). You get the pre-activations too, in case you want them.
        """
        raise NotImplementedError("3.3 is not implemented yet")

    def backward(self, error_signal, input, pre_activation, activation):
        """3.4. The same from error_signal = dL/dactivation: through the activation, then through weights and bias."""
        raise NotImplementedError("3.4 is not implemented yet")
