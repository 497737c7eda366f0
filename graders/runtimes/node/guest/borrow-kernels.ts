/**
 * The wasm backend lacks some kernels that the plain JavaScript backend has (einsum among them), and so does tfjs-node
 * (denseBincount among them). A right program must not fail for that: what is missing is computed by the other backend on
 * copies, slower but the same. Part of the library's bundle: what its kernels call and get is of the library's own realm.
 */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tf } from './tf.ts';

/** What both backends offer, as far as it is used here. */
interface Store {
  readSync(dataId: object): ArrayLike<number>;
  write(values: ArrayLike<number>, shape: number[], dtype: string): object;
  disposeData(dataId: object): boolean;
}

/** Registers for a backend every kernel that only the cpu backend has. */
export function borrowMissingKernels(tf: Tf, backendName: string): void {
  const own = new Set(tf.getKernelsForBackend(backendName).map(({ kernelName }) => kernelName));
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu')) {
    if (own.has(kernelName)) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc: borrowed(tf, kernelFunc) });
  }
}

function borrowed(tf: Tf, kernelFunc: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const own = backend as Store;
    const cpu = tf.findBackend('cpu') as unknown as Store;
    const lent: TensorInfo[] = [];
    const lend = (info: TensorInfo): TensorInfo => {
      const dataId = cpu.write(own.readSync(info.dataId), info.shape, info.dtype);
      const copy = { ...info, dataId };
      lent.push(copy);
      return copy;
    };
    // Some kernels get a record of tensors, some a list, some a record with lists in it.
    const copied = (given: unknown): unknown => {
      if (Array.isArray(given)) return given.map(copied);
      if (typeof given !== 'object' || given === null) return given;
      if ('dataId' in given) return lend(given as TensorInfo);
      return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, copied(value)]));
    };
    const result = kernelFunc({ inputs: copied(inputs) as typeof inputs, attrs, backend: cpu });
    const outputs = Array.isArray(result) ? result : [result];
    const kept = outputs.map(({ dataId, shape, dtype }) => {
      const values = cpu.readSync(dataId);
      return { shape, dtype, dataId: own.write(values, shape, dtype) };
    });
    for (const { dataId } of [...lent, ...outputs]) cpu.disposeData(dataId);
    return Array.isArray(result) ? kept : kept[0]!;
  };
}
