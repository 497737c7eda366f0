/** Loaded before a program: its clock is an hour ahead of everybody else's. */
const HOUR_MS = 3_600_000;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (of, args: [], target) =>
    Reflect.construct(of, args.length === 0 ? [RealDate.now() + HOUR_MS] : args, target) as object,
  get: (of, key) => (key === 'now' ? () => RealDate.now() + HOUR_MS : Reflect.get(of, key, of)),
});
