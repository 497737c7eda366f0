import { describe, expect, it } from 'vitest';
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import type { dataSets } from './hand-nets.ts';
import { judgePoints } from './hand-nets.ts';

const net1: ReluNet = { wH: [-2, 2, 4, 4], bH: [8, -8, -24, -32], wO: [1, 1, -1, 1], bO: 0 };
const net2: ReluNet = { wH: [1, 1, 1, 0], bH: [0, -3, -5, 0], wO: [1, -2, 1.5, 0], bO: 0 };

/** The id of what was recognised. */
const named = (net: ReluNet, name: keyof typeof dataSets) => judgePoints(net, name).diagnosis?.mistakes[0];

describe('networks by hand', () => {
  it('weights that meet every point earn everything, whatever they are', () => {
    expect(judgePoints(net1, 'net1').earned).toBe(1);
    expect(judgePoints({ wH: [-1, 1, 1, 1], bH: [4, -4, -6, -8], wO: [2, 2, -4, 4], bO: 0 }, 'net1').earned).toBe(1);
    expect(judgePoints(net2, 'net2').earned).toBe(1);
    expect(judgePoints({ wH: [1, 2, 1.5, 0], bH: [0, -6, -7.5, 0], wO: [1, -1, 1, 0], bO: 0 }, 'net2').earned).toBe(1);
  });

  it('an error of a millionth is an error', () => {
    expect(judgePoints({ ...net1, bO: 1e-6 }, 'net1').earned).toBe(0);
  });

  it('every point that is met earns its share, a straight line nothing', () => {
    expect(judgePoints({ ...net1, wO: [1, 1, -1, 0] }, 'net1').earned).toBeCloseTo(9 / 13, 12);
    expect(judgePoints({ wH: [-2, 0, 0, 0], bH: [8, 0, 0, 0], wO: [1, 0, 0, 0], bO: 0 }, 'net1').earned).toBeCloseTo(
      6 / 13,
      12,
    );
    expect(judgePoints({ wH: [-2, 2, 0, 0], bH: [80, -80, 0, 0], wO: [1, 0, 0, 0], bO: -72 }, 'net1').earned).toBe(0);
  });

  it('the usual mistakes are named', () => {
    expect(named({ ...net1, bO: 2 }, 'net1')).toBe('offset');
    expect(named({ ...net2, wO: [-1, 2, -1.5, 0] }, 'net2')).toBe('sign');
    expect(named({ ...net1, bH: [-8, 8, 24, 32] }, 'net1')).toBe('bias-sign');
    expect(named({ wH: [1, 4, 4, 4], bH: [-4, -24, -32, 0], wO: [2, -1, 1, 0], bO: 0 }, 'net1')).toBe(
      'right-going-only',
    );
    expect(named({ ...net2, wO: [1, -1, 1, 0] }, 'net2')).toBe('contributions-add');
  });
});
