/**
 * Takes away what has Node copy objects of the program's for somebody else: ports, channels, what is noted beside a mark in time. What
 * is copied may tell Node by which class of which of its modules it is to be made again, and that is made before the eyes of whoever has
 * put setters on what it inherits. Copies for the program itself are made by a function that knows no class of Node's.
 */
import { structuredClone } from './own-clone.ts';
import { smallPerformance } from './small-performance.ts';

const gone = [
  ...['MessageChannel', 'BroadcastChannel', 'Performance', 'PerformanceEntry', 'PerformanceMark'],
  ...['PerformanceMeasure', 'PerformanceObserver', 'PerformanceObserverEntryList', 'PerformanceResourceTiming'],
];

/** Node's own code asks of messages whether they hold ports: nothing is one. */
function MessagePort(): never {
  throw new TypeError('Illegal constructor');
}

/** To be called before any program is there. */
export function closeCloning(global: object): void {
  for (const name of gone) Reflect.deleteProperty(global, name);
  for (const [name, value] of Object.entries({ MessagePort, structuredClone, performance: smallPerformance() })) {
    Object.defineProperty(global, name, { value, writable: true, configurable: true, enumerable: true });
  }
}
