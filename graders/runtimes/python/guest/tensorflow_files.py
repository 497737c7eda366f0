"""
What a program writes to files of TensorFlow and Keras and reads again, where nothing can be written: weights, models and
checkpoints are kept in memory under their paths, for as long as the process lives; logs go nowhere.
"""

import contextlib
import os
import sys

import keras
import tensorflow as tf
from keras.src.callbacks import model_checkpoint
from keras.src.saving import saving_api

LOGS = (keras.callbacks.CSVLogger, keras.callbacks.TensorBoard, keras.callbacks.BackupAndRestore)
# Of one process: who names a file after every epoch has one for each; the oldest are forgotten first.
MOST = 400
_kept = {}


def keep_in_memory():
    """Exchanges what writes and reads; reading what was never written raises as before."""
    read_weights, read_model = saving_api.load_weights, saving_api.load_model

    def load_weights(model, filepath, *args, **keywords):
        if _path(filepath) not in _kept:
            return read_weights(model, filepath, *args, **keywords)
        return model.set_weights(_kept[_path(filepath)][1])

    def load_model(filepath, *args, **keywords):
        if _path(filepath) not in _kept:
            return read_model(filepath, *args, **keywords)
        return _made_again(*_kept[_path(filepath)])

    for name, function in (("save_weights", _save), ("save_model", _save), ("load_weights", load_weights), ("load_model", load_model)):
        _exchange(name, function)
    model_checkpoint.file_utils = _Files(model_checkpoint.file_utils)
    for log in LOGS:
        for name in [name for name in vars(log) if name.startswith("on_") or name == "set_model"]:
            setattr(log, name, getattr(keras.callbacks.Callback, name))
    tf.train.Checkpoint.save = tf.train.Checkpoint.write = _save_checkpoint
    tf.train.Checkpoint.restore = tf.train.Checkpoint.read = _restore
    tf.train.CheckpointManager.save = lambda self, *args, **keywords: _save_checkpoint(self._checkpoint, self._checkpoint_prefix)
    tf.train.CheckpointManager.latest_checkpoint = property(lambda self: _last(self._directory))
    for summary in (tf.summary, tf.compat.v2.summary):
        summary.create_file_writer = lambda *args, **keywords: tf.summary.create_noop_writer()
        for name in ("scalar", "histogram", "image", "text", "audio", "graph", "trace_on", "trace_export"):
            setattr(summary, name, lambda *args, **keywords: False)
    tf.io.gfile.makedirs = tf.io.gfile.mkdir = lambda path: None
    tf.train.latest_checkpoint = lambda checkpoint_dir, latest_filename=None: _last(checkpoint_dir)


class _Files:
    """What a callback asks of files: every folder is there."""

    def __init__(self, whole):
        self._whole = whole

    def __getattr__(self, name):
        return getattr(self._whole, name)

    def exists(self, path):
        return "." not in os.path.basename(path) or _path(path) in _kept


def _exchange(name, function):
    """Under every name that Keras gives it."""
    whole = getattr(saving_api, name)
    for module in [module for called, module in list(sys.modules.items()) if "keras" in called]:
        if vars(module).get(name) is whole:
            setattr(module, name, function)


def _path(path):
    return os.path.normpath(str(path))


def _keep(path, *what):
    _kept.pop(_path(path), None)
    _kept[_path(path)] = what
    while len(_kept) > MOST:
        del _kept[next(iter(_kept))]


def _save(model, filepath, *args, **keywords):
    _keep(filepath, model, model.get_weights())


def _made_again(model, weights):
    """A model like the one that was saved; that one itself where nothing says how it is made."""
    try:
        again = keras.models.clone_model(model)
        again.set_weights(weights)
    except Exception:
        model.set_weights(weights)
        return model
    with contextlib.suppress(Exception):
        again.compile_from_config(model.get_compile_config())
    return again


def _variables(checkpoint):
    parts = [part for part in vars(checkpoint).values() if hasattr(part, "variables")]
    own = [part for part in vars(checkpoint).values() if isinstance(part, tf.Variable) and part is not checkpoint.__dict__.get("_save_counter")]
    return [*own, *(variable for part in parts for variable in part.variables)]


def _save_checkpoint(self, file_prefix, options=None):
    path = f"{file_prefix}-{len(_kept) + 1}"
    _keep(path, self, [variable.numpy() for variable in _variables(self)])
    return path


def _restore(self, save_path, options=None):
    found = _kept.get(_path(save_path)) if save_path else None
    if found is None and save_path:
        raise tf.errors.NotFoundError(None, None, f"{save_path} was never saved")
    # An optimiser may have got variables since.
    for variable, value in zip(_variables(self), found[1] if found else []):
        if tuple(variable.shape) == value.shape:
            variable.assign(value)
    return _Restored()


def _last(folder):
    paths = [path for path in _kept if path.startswith(_path(folder) + os.sep)]
    return paths[-1] if paths else None


class _Restored:
    """What is asked of a restored checkpoint."""

    def assert_consumed(self):
        return self

    expect_partial = assert_existing_objects_matched = run_restore_ops = assert_consumed
