import { expect, test } from 'vitest';
import type { NetworkDescription } from '../model/network.ts';
import { denseFault } from './dense-layers.ts';

const layer = (units: number) => ({ kind: 'dense', units });
const model = (inputShape: (number | null)[], parameters: number, ...units: number[]) =>
  ({ inputShape, parameters, layers: units.map(layer) }) as unknown as NetworkDescription;

const images = { widths: [5, 2], parameters: 3937, says: () => 'Other layers.', hint: 'Count.' };
const rows = { widths: [5, 2], parameters: 82, features: 13, says: () => 'Other layers.' };

test('the asked layers on images, or on rows of so many features, are no fault', () => {
  expect(denseFault(model([null, 28, 28], 3937, 5, 2), images)).toBeUndefined();
  expect(denseFault(model([null, 784], 3937, 5, 2), { ...images, anyShape: true })).toBeUndefined();
  expect(denseFault(model([null, 13], 82, 5, 2), rows)).toBeUndefined();
});

test('other widths, inputs and numbers of parameters are told beside what is expected', () => {
  expect(denseFault(model([null, 784], 3937, 5, 2), images)?.says).toContain('images of 28×28');
  expect(denseFault(model([null, 28, 28], 3937, 2, 5), images)).toMatchObject({
    says: 'Other layers.',
    hint: 'Count.',
  });
  expect(denseFault(model([null, 13], 80, 5, 2), rows)).toEqual({
    says: 'Other layers.',
    yours: 'input 13, dense layers 5–2, 80 parameters',
    expected: 'input 13, dense layers 5–2, 82 parameters',
  });
  expect(denseFault(model([null, 12], 82, 5, 2), rows)?.says).toBe('Other layers.');
});
