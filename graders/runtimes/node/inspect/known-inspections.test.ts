import { expect, test } from 'vitest';
import type { Inspection, InspectionRequest } from './inspection.ts';
import { createInspector } from './inspector.ts';
import { knownInspections } from './known-inspections.ts';

const request = (files: Record<string, string>, more: Partial<InspectionRequest> = {}): InspectionRequest => ({
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
  ...{ module: 'a.ts', policy: 'free', imports: [], given: [], ...more },
});
const inspection = (...localImports: string[]): Inspection => ({
  ...{ breaches: [], leftOut: [], outlines: [], localImports },
  modules: [{ path: 'a.ts', code: 'x'.repeat(50), map: '' }],
});

test('what an inspection follows from is the names of all files and the texts that are reached', () => {
  const known = knownInspections();
  const found = { inspection: inspection('b.ts'), cpuMs: 3 };
  known.keep(request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '3' }), found);
  expect(known.find(request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': 'other' }))).toMatchObject(found);
  for (const other of [
    request({ 'a.ts': '1', 'b.ts': 'other', 'c.ts': '3' }),
    request({ 'a.ts': 'other', 'b.ts': '2', 'c.ts': '3' }),
    request({ 'a.ts': '1', 'b.ts': '2' }),
    request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '3', 'd.ts': '4' }),
    request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '3' }, { policy: 'no-autodiff' }),
    request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '3' }, { given: ['b.ts'] }),
    request({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '3' }, { imports: ['@tensorflow/tfjs'] }),
  ]) {
    expect(known.find(other)).toBeUndefined();
  }
});

test('no more is kept than fits, and what was wanted last stays', () => {
  const known = knownInspections(130);
  const keep = (text: string) => known.keep(request({ 'a.ts': text }), { inspection: inspection(), cpuMs: 1 });
  keep('1');
  keep('2');
  expect(known.find(request({ 'a.ts': '1' }))).toBeDefined();
  keep('3');
  expect(['1', '2', '3'].map((text) => known.find(request({ 'a.ts': text })) !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
});

test('whoever hands in what another has handed in is charged the same, and gets the same', async () => {
  const inspector = createInspector();
  const [first, second] = [{ cpuMs: 0 }, { cpuMs: 0 }];
  const asked = () => request({ 'a.ts': 'export const a: number = 1;' });
  const one = await inspector.inspect(asked(), first);
  const other = await inspector.inspect(asked(), second);
  const usedUp = { cpuMs: 1e9 };
  const refused = await inspector.inspect(asked(), usedUp).catch(String);
  inspector.close();
  expect(other).toBe(one);
  expect(second).toEqual(first);
  expect(second.cpuMs).toBeGreaterThan(0);
  expect(refused).toContain('Reading the files took more than');
});
