import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { allowedExports, forbiddenExports, trainingMethods } from './tensor-library.ts';

const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as Record<string, unknown>;

test('every allowed name exists in the library, so that no spelling mistake hides a forbidden one', () => {
  // Present for types alone, or in one of the library's packages only.
  const absent = [...allowedExports].filter((name) => !(name in tf));
  expect(absent).toEqual(['version_data']);
});

test('no name is both allowed and forbidden', () => {
  expect([...forbiddenExports.keys()].filter((name) => allowedExports.has(name))).toEqual([]);
});

test('nothing that differentiates, trains or reaches the inside of the library is allowed', () => {
  const suspicious = Object.keys(tf).filter((name) =>
    /grad|optimi|train$|engine|^env|backend|kernel|regist|load|fit/i.test(name),
  );
  expect(suspicious.filter((name) => allowedExports.has(name))).toEqual(['engine', 'getBackend', 'setBackend']);
  expect(suspicious.length).toBeGreaterThan(30);
});

test('every function of the library is an operation that is allowed, or left out on purpose', () => {
  const leftOut = Object.keys(tf).filter(
    (name) => typeof tf[name] === 'function' && /^[a-z]/.test(name) && !allowedExports.has(name),
  );
  expect(leftOut.sort()).toMatchInlineSnapshot(`
    [
      "backend",
      "copyRegisteredKernels",
      "customGrad",
      "deprecationWarn",
      "deregisterOp",
      "env",
      "findBackend",
      "findBackendFactory",
      "forceHalfFloat",
      "getGradient",
      "getKernel",
      "getKernelsForBackend",
      "grad",
      "grads",
      "loadGraphModel",
      "loadGraphModelSync",
      "loadLayersModel",
      "op",
      "registerBackend",
      "registerCallbackConstructor",
      "registerGradient",
      "registerKernel",
      "registerOp",
      "removeBackend",
      "setPlatform",
      "setWebGLContext",
      "train",
      "unregisterGradient",
      "unregisterKernel",
      "valueAndGrad",
      "valueAndGrads",
      "variableGrads",
    ]
  `);
});

test('the methods that train are those of the models and optimisers', () => {
  const holders = ['LayersModel', 'Sequential', 'SGDOptimizer'].map(
    (name) => (tf[name] as { prototype: object }).prototype,
  );
  const methods = [...trainingMethods].filter((name) => holders.some((holder) => name in holder));
  expect(methods).toEqual([
    'fit',
    'fitDataset',
    'trainOnBatch',
    'makeTrainFunction',
    'minimize',
    'computeGradients',
    'applyGradients',
  ]);
});
