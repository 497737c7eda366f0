/**
 * Takes away what would reach for a network, where there is none. Node puts it together when it is first used, under the eyes of whoever
 * has put getters on Object.prototype: what makes threads is asked there for a setting that only threads have.
 */
const gone = ['CloseEvent', 'EventSource', 'FormData', 'Headers', 'MessageEvent', 'Request', 'Response', 'WebSocket'];
/** They look whether what they are given is a Response. */
const streaming = ['compileStreaming', 'instantiateStreaming'];
const Failure = TypeError;

/** As for an address that cannot be reached: programs are written for that. */
async function fetch(): Promise<never> {
  throw new Failure('fetch failed');
}

/** To be called before any program is there. */
export function closeNetwork(global: object): void {
  for (const name of gone) Reflect.deleteProperty(global, name);
  for (const name of streaming) Reflect.deleteProperty(Reflect.get(global, 'WebAssembly') as object, name);
  Object.defineProperty(global, 'fetch', { value: fetch, writable: true, configurable: true, enumerable: true });
}
