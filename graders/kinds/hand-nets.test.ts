import { describe, expect, it } from 'vitest';
import type { ReluNet } from '../../reference/oracles/relu-net.ts';
import { judgePoints } from './hand-nets.ts';

const valley = [8, 6, 4, 2, 0, 2, 4, 2, 0, 2, 4, 6, 8];
const hills = [0, 1, 2, 3, 2, 1, 1.5, 2, 2.5, 3, 3.5];

const net1: ReluNet = { wH: [-2, 2, 4, 4], bH: [8, -8, -24, -32], wO: [1, 1, -1, 1], bO: 0 };
const net2: ReluNet = { wH: [1, 1, 1, 0], bH: [0, -3, -5, 0], wO: [1, -2, 1.5, 0], bO: 0 };

/** The id of what was recognised. */
const named = (net: ReluNet, targets: readonly number[]) => judgePoints(net, targets).diagnosis?.mistakes[0];

describe('networks by hand', () => {
  it('weights that meet every point earn everything, whatever they are', () => {
    expect(judgePoints(net1, valley).earned).toBe(1);
    expect(judgePoints({ wH: [-1, 1, 1, 1], bH: [4, -4, -6, -8], wO: [2, 2, -4, 4], bO: 0 }, valley).earned).toBe(1);
    expect(judgePoints(net2, hills).earned).toBe(1);
    expect(judgePoints({ wH: [1, 2, 1.5, 0], bH: [0, -6, -7.5, 0], wO: [1, -1, 1, 0], bO: 0 }, hills).earned).toBe(1);
  });

  it('an error of a millionth is an error', () => {
    expect(judgePoints({ ...net1, bO: 1e-6 }, valley).earned).toBe(0);
  });

  it('every point that is met earns its share, a straight line nothing', () => {
    expect(judgePoints({ ...net1, wO: [1, 1, -1, 0] }, valley).earned).toBeCloseTo(9 / 13, 12);
    expect(judgePoints({ wH: [-2, 0, 0, 0], bH: [8, 0, 0, 0], wO: [1, 0, 0, 0], bO: 0 }, valley).earned).toBeCloseTo(
      6 / 13,
      12,
    );
    expect(judgePoints({ wH: [-2, 2, 0, 0], bH: [80, -80, 0, 0], wO: [1, 0, 0, 0], bO: -72 }, valley).earned).toBe(0);
  });

  it('the usual mistakes are named', () => {
    expect(named({ ...net1, bO: 2 }, valley)).toBe('offset');
    expect(named({ ...net2, wO: [-1, 2, -1.5, 0] }, hills)).toBe('sign');
    expect(named({ ...net1, bH: [-8, 8, 24, 32] }, valley)).toBe('bias-sign');
    expect(named({ wH: [1, 4, 4, 4], bH: [-4, -24, -32, 0], wO: [2, -1, 1, 0], bO: 0 }, valley)).toBe(
      'right-going-only',
    );
    expect(named({ ...net2, wO: [1, -1, 1, 0] }, hills)).toBe('contributions-add');
  });
});
