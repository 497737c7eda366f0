type Numbers = number | Numbers[];

const each = (f: (...numbers: number[]) => number, ...args: Numbers[]): Numbers =>
  typeof args[0] === 'number'
    ? f(...(args as number[]))
    : args[0]!.map((_, i) => each(f, ...args.map((arg) => (arg as Numbers[])[i]!)));

export const tanh = (x: Numbers): Numbers => each(Math.tanh, x);
export const tanhGrad = (x: Numbers, dy: Numbers): Numbers => each((v, d) => d! * (1 - Math.tanh(v!) ** 2), x, dy);
