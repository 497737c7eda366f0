/** What of TensorFlow differentiates, by the names under which a text imports or uses it. What no text shows is seen when it runs. */

const told = (what: string): string =>
  `${what} differentiates for you, which this task forbids: write the gradient yourself with tensor operations such as tf.matmul, tf.reduce_sum and tf.nn.softmax.`;
const inside = (what: string): string =>
  `${what} is the inside of the library, which is not allowed in this task: use its tensor operations.`;

/** Names that mean nothing else, wherever they stand. */
const always = /^(?:GradientTape|ForwardAccumulator|batch_jacobian|hessians)$/;
/** Names that mean this as part of the library only. */
const ofLibrary = /^(?:tf|tensorflow)\.(?:compat\.v[12]\.)?(?:gradients|autodiff|custom_gradient|recompute_grad)\b/;
/** What of the packages that are there for data has derivatives of its own: a search for a minimum, and losses beside their gradients. */
const ofData = /^scipy\.optimize\.(?:minimize|least_squares)$|^sklearn\.(?:_loss|linear_model\._linear_loss)(?:\.|$)/;
const own = /^(?:tf|tensorflow)\.python\b|^keras\.src\b/;

/** What is wrong with `import name` or `from name import taken`, if anything is. */
export function autodiffImport(name: string, taken: readonly string[]): string | undefined {
  const parts = name.split('.');
  if (own.test(name) || (name === 'tensorflow' && taken.includes('python'))) return inside(name);
  const found = [...parts, ...taken].find((part) => always.test(part));
  if (found !== undefined) return told(found);
  const whole = taken.map((part) => `${name}.${part}`).find((each) => ofLibrary.test(each));
  return whole === undefined && !ofLibrary.test(name) ? undefined : told(whole ?? name);
}

/** What is wrong with taking this from a package that is there for data. */
export const derivesInData = (name: string): string | undefined => (ofData.test(name) ? told(name) : undefined);

/** The same of a dotted use such as `tf.GradientTape`. */
export function autodiffUse(name: string): string | undefined {
  if (own.test(name)) return inside(name);
  return name.split('.').some((part) => always.test(part)) || ofLibrary.test(name) ? told(name) : undefined;
}
