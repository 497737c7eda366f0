/** Planted answers stand for a program: one that has answers to its own probes only stops at another probe, and breaks nothing. */
import { expect, test } from 'vitest';
import { batchOf } from '../check-context.testing.ts';
import { evaluate } from '../evaluate.ts';
import { standIn } from '../mistakes/stand-in.testing.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { plantedContext } from './planted-context.ts';

const probes = [0.3, 0.7].map((x) => ({ x }));
const slopes = ({ x }: { x: number }) => [1, 2, 3, 4, 5, 6].map((k) => k * x);
const known = new Map(probes.map((probe) => [probe, { g: arrayOf(slopes(probe)) }]));
/** As a pack keeps them: in few digits, right within the band, and further off than a derivation. */
const coarse = new Map(probes.map((probe) => [probe, { g: arrayOf(slopes(probe).map((y) => y * (1 + 1e-9))) }]));

/** What a practice pack makes: the answers are found by the probes themselves. */
const packed = standIn<{ x: number }>({
  ...{ id: 'slopes', precision: 'double', once: true, probes: () => probes, mistakes: [] },
  oracle: (probe) => known.get(probe)!,
  write: ({ g }) => ({ kind: 'record', entries: { g: { ...g! } } }),
  differences: { are: 'told' },
});

test('a derivative that is asked once more at moved probes is accepted where a pack does not know these', async () => {
  const compute = (probe: { x: number }) => coarse.get(probe)!;
  const context = plantedContext(batchOf(), [], { kind: 'answers', problem: packed, compute });
  const { tensors } = await evaluate(context, packed);
  expect(tensors['g']).toMatchObject({ accepted: true });
  expect(tensors['g']).not.toHaveProperty('note');
});
