/**
 * Takes away what Node puts together when it is first used, before the eyes of whoever has put setters on Object.prototype, and what no
 * coursework needs: streams, what compresses them, blobs, keys, what says where one is. A stream that was let go of cut its error by an
 * expression from a context of its own, and made that by the class which makes code of text.
 */
const gone = [
  ...['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest'],
  ...['ReadableByteStreamController', 'ReadableStreamDefaultController', 'WritableStream'],
  ...['WritableStreamDefaultController', 'WritableStreamDefaultWriter', 'TransformStream'],
  ...['TransformStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream'],
  ...['TextDecoderStream', 'CompressionStream', 'DecompressionStream', 'Blob', 'File', 'URLPattern'],
  ...['Crypto', 'CryptoKey', 'SubtleCrypto', 'crypto', 'Navigator', 'navigator', 'Storage'],
];
/** They hand out addresses of blobs. */
const ofBlobs = ['createObjectURL', 'revokeObjectURL'];

/** To be called before any program is there. */
export function closeLate(global: object): void {
  for (const name of gone) Reflect.deleteProperty(global, name);
  for (const name of ofBlobs) Reflect.deleteProperty(Reflect.get(global, 'URL') as object, name);
}
