"""Given. Trains a net with mini-batch gradient descent and records the learning curves."""

from q1_2k import bce_loss, bce_loss_grad


def fit(net, data, epochs=25, learning_rate=0.001, mb_size=10):
    """
    Every epoch goes through the training examples in their order, one step for each mini-batch, and then looks at the test
    examples without a step. Note that the loss is a mean over the mini-batch, the gradient a sum. `data` holds "train" and "test",
    each with "x" (one example for each row) and "y" (labels of 0 and 1); examples that fill no last mini-batch are left out.
    """
    curves = {"loss": {"train": [], "test": []}, "accuracy": {"train": [], "test": []}}
    for _ in range(epochs):
        for part in ("train", "test"):
            x, y = data[part]["x"], data[part]["y"]
            batches = len(x) // mb_size
            loss, right = 0.0, 0
            for i in range(batches):
                x_batch = x[i * mb_size : (i + 1) * mb_size]
                y_batch = y[i * mb_size : (i + 1) * mb_size].reshape(-1, 1)
                y_hat = net.forward(x_batch)
                loss += bce_loss(y_batch, y_hat).sum() / mb_size
                right += ((y_hat > 0.5) == (y_batch > 0.5)).sum()
                if part == "train":
                    net.backward(x_batch, bce_loss_grad(y_batch, y_hat))
                    net.step(learning_rate)
            curves["loss"][part].append(loss / batches)
            curves["accuracy"][part].append(right / (batches * mb_size))
    return curves
