/**
 * Text does not become code in the student's realm. `Function` is in reach of every value through its constructor, under a
 * name that need not stand in the program: without it, what a program may name is what it can get at.
 */
const { defineProperty, getPrototypeOf } = Reflect;

/** Puts functions that throw in the place of eval and of the four constructors of functions; `instanceof Function` stays as it is. */
export function forbidCodeFromText(global: object): void {
  const kinds = [
    () => undefined,
    async () => undefined,
    function* () {
      /* only its class matters */
    },
    async function* () {
      /* only its class matters */
    },
  ];
  const refusal = (name: string) => {
    const refuse = function () {
      throw new EvalError(`${name} makes code of text, which is not allowed: write the code itself`);
    };
    defineProperty(refuse, 'name', { value: name });
    return refuse;
  };
  for (const kind of kinds) {
    const prototype = getPrototypeOf(kind)!;
    const { constructor } = prototype;
    const refuse = refusal(constructor.name);
    defineProperty(refuse, 'prototype', { value: prototype });
    defineProperty(prototype, 'constructor', { value: refuse, writable: false, configurable: false });
    if (constructor.name === 'Function') defineProperty(global, 'Function', { value: refuse });
  }
  defineProperty(global, 'eval', { value: refusal('eval') });
}
