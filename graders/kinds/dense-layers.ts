/**
 * Whether a model has the dense layers that are asked for, by its description.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { denseFault } from 'gradmark/kinds/dense-layers';
 * import type { NetworkDescription } from 'gradmark/model/network';
 *
 * const layer = { kind: 'dense', named: 'Dense', units: 10, trainable: true, restraints: [], weights: [] } as const;
 * const model: NetworkDescription = {
 *   ...{ layers: [layer], inputShape: [null, 28, 28], outputShape: [null, 10], parameters: 7850 },
 * };
 * const asked = { widths: [10], says: () => 'Other widths.', hint: '784·10 + 10.' };
 * assert.equal(denseFault(model, { ...asked, parameters: 7850 }), undefined);
 * assert.equal(denseFault(model, { ...asked, parameters: 7840 })?.says, 'Other widths.');
 * ```
 */
import type { Finding } from '../model/finding.ts';
import type { NetworkDescription } from '../model/network.ts';

export interface DenseLayers {
  /** Units of the dense layers, the last one included. */
  widths: readonly number[];
  parameters: number;
  /** Whether the model takes 28×28 images; `anyShape` leaves open how their pixels are arranged. */
  anyShape?: boolean;
  /** Set where the model takes rows of so many numbers instead of images. */
  features?: number;
  /** What is wrong with other widths, or with another number of parameters; for rows with the inputs, too. */
  says(dense: readonly (number | undefined)[], sameWidths: boolean): string;
  hint?: string;
}

/** What is wrong with the inputs, the widths of the dense layers or the number of parameters. */
export function denseFault(model: NetworkDescription, asked: DenseLayers): Finding | undefined {
  const dense = model.layers.filter((layer) => layer.kind === 'dense').map((layer) => layer.units);
  const sameWidths = dense.length === asked.widths.length && dense.every((count, i) => count === asked.widths[i]);
  const input = model.inputShape.slice(1);
  if (sameWidths && takes(input, asked) && model.parameters === asked.parameters) return undefined;
  const isOfImages = asked.features === undefined;
  return {
    says:
      isOfImages && !takes(input, asked)
        ? 'The model should take images of 28×28 pixels.'
        : asked.says(dense, sameWidths),
    yours: `input ${input.join('×')}, dense layers ${dense.map(String).join('–') || 'none'}, ${model.parameters} parameters`,
    expected: `input ${asked.features ?? '28×28'}, dense layers ${asked.widths.join('–')}, ${asked.parameters} parameters`,
    ...(asked.hint === undefined ? {} : { hint: asked.hint }),
  };
}

function takes(input: readonly (number | null)[], { features, anyShape }: DenseLayers): boolean {
  if (features !== undefined) return input.at(-1) === features;
  return anyShape === true
    ? input.reduce<number>((product, n) => product * (n ?? 0), 1) === 28 * 28
    : input.join('×') === '28×28';
}
