/**
 * The library has more than a thousand exports, and the bundler's own helpers define them twice, one by one, on objects that V8
 * takes for small ones: a tenth of what a process needs to start. The helpers get objects that are ready for them.
 */

/** As in guest/roomy.ts, for the library's own realm. */
const roomy = 'var __roomy=x=>{x.first=x.last=0;delete x.first;delete x.last;return x};';

/** What the helpers are made to say, where they say it. */
const changes: readonly [was: RegExp, is: string][] = [
  [/(?<=var __export=\(target,\w+\)=>\{)(?=for\()/, '__roomy(target);'],
  [/(?<=var __toCommonJS=\w+=>__copyProps\(__defProp\()\{\}/, '__roomy({})'],
];

/** Throws where the bundler's helpers say something else, so that another version is noticed. */
export function withRoomyExports(bundle: string): string {
  let text = roomy + bundle;
  for (const [was, is] of changes) {
    if (!was.test(text)) throw new Error(`The bundle of the library does not hold ${was.source}.`);
    text = text.replace(was, is);
  }
  return text;
}
