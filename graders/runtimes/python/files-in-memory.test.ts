/** Weights, models and checkpoints that a program in Keras writes and reads again, where nothing can be written. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { besideLibrary, withoutTensorFlow } from './python.testing.ts';

const program = `
import keras
import tensorflow as tf
from tensorflow.keras.models import load_model

def made():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_initializer='zeros')])
    model.compile(keras.optimizers.SGD(1.0), 'mae', metrics=['mse'])
    return model

def kernel(model):
    return float(model.get_weights()[0].item())

def ways():
    """The kernel goes 1, 2, 3 and on; its error is smallest at 2."""
    x = tf.ones([1, 1])
    to = tf.ones([1, 1]) * 2
    model, callbacks = made(), keras.callbacks
    best = [
        callbacks.ModelCheckpoint('best.weights.h5', monitor='val_loss', save_best_only=True, save_weights_only=True),
        callbacks.ModelCheckpoint('of/folders/best.keras', monitor='val_loss', save_best_only=True),
    ]
    logs = [callbacks.CSVLogger('log.csv'), callbacks.TensorBoard('logs'), callbacks.BackupAndRestore('backup')]
    model.fit(x, x * 9, validation_data=(x, to), epochs=4, callbacks=[*best, *logs], verbose=0)
    last = kernel(model)
    again = load_model('of/folders/best.keras')
    model.load_weights('best.weights.h5')
    told = [last, kernel(model), kernel(again), again.evaluate(x, to, verbose=0)[0]]
    checkpoint = tf.train.Checkpoint(model=model)
    manager = tf.train.CheckpointManager(checkpoint, 'kept', max_to_keep=2)
    manager.save()
    model.set_weights([tf.zeros([1, 1])])
    checkpoint.restore(tf.train.latest_checkpoint('kept')).expect_partial()
    return [*told, kernel(model)]

def never_written():
    made().load_weights('other.weights.h5')
`;

test.skipIf(!isNight || withoutTensorFlow !== undefined)(
  'what was written is read again, in as many ways; what never was, is not there',
  { timeout: 300_000 },
  async () => {
    const packages = ['numpy', 'tensorflow'];
    const session = await openSession({
      launch: await besideLibrary(packages),
      modules: [{ path: 'p.py', code: program }],
      imports: packages,
      contract: { names: { ways: {}, neverWritten: {} } },
      asked: [],
    });
    const { value } = await session.call({ module: 'p.py', name: 'ways' }, []);
    expect(value).toMatchObject({ data: Float64Array.of(4, 2, 2, 0, 2) });
    await expect(session.call({ module: 'p.py', name: 'neverWritten' }, [])).rejects.toThrow(/other\.weights\.h5/);
    await session.close();
  },
);
