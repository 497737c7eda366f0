/**
 * What the tensor library may load of Node's modules. Once it has started that is hardly anything: a module that is put together
 * then is put together before the eyes of whoever has put setters on Object.prototype, with all that it holds.
 */

import { types } from 'node:util';

const { isFloat32Array, isInt32Array, isUint8Array, isUint8ClampedArray } = types;
/** What the library asks of Node's module of this name, which it keeps where every program finds it. */
const util = {
  ...{ TextDecoder, TextEncoder },
  types: { isFloat32Array, isInt32Array, isUint8Array, isUint8ClampedArray },
};

/** What the library loads when it is first needed, long after it was started. */
const late = ['string_decoder'];

/** The library's `require`, and what says that it has started. */
export function requireForLibrary(builtInModule: (name: string) => unknown) {
  let started = false;
  const includes = late.includes.bind(late);
  const require = (name: string): unknown => {
    if (started && !includes(name)) throw new Error(`Cannot find module '${name}'`);
    return name === 'util' ? util : builtInModule(name);
  };
  return { require, started: () => void (started = true) };
}
