/** Numbers and rows of Python's standard library stand for the numbers and lists that they are, whatever their classes say. */
import { describe, expect, test } from 'vitest';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import array, collections, enum
from decimal import Decimal
from fractions import Fraction

class Loss(float):
    gradient = 3
    def __float__(self):
        raise ValueError("no")

class Digit(enum.IntEnum):
    SEVEN = 7

class Odd(type):
    __module__ = property(lambda kind: 1 / 0)

def returned(what):
    return {
        'fraction': Fraction(1, 4), 'fractions': [Fraction(1, 4), Decimal('0.5'), 3], 'rows': [[Fraction(1, 4), 1], (Decimal(2), 2.5)],
        'array': array.array('d', [1, 2]), 'arrays': [array.array('f', [1, 2]), array.array('i', [3, 4])], 'view': memoryview(b'ab'),
        'queue': collections.deque([1, 2.5]), 'values': {'a': 1, 'b': 2}.values(), 'loss': Loss(1.5), 'losses': [Loss(1.5), 2],
        'digit': Digit.SEVEN, 'nothing': Decimal('sNaN'), 'letters': array.array('u', 'ab'), 'odd': Odd('Odd', (), {})(),
    }[what]
`;

describe.skipIf(withoutPython !== undefined)('what a program returns', () => {
  const session = sharedPython({ 'q.py': program });
  const returned = async (what: string) => (await session().call({ module: 'q.py', name: 'returned' }, [what])).value;

  test.each([
    ['fractions', [3], [0.25, 0.5, 3]],
    ['rows', [2, 2], [0.25, 1, 2, 2.5]],
    ['array', [2], [1, 2]],
    ['arrays', [2, 2], [1, 2, 3, 4]],
    ['view', [2], [97, 98]],
    ['queue', [2], [1, 2.5]],
    ['values', [2], [1, 2]],
    ['losses', [2], [1.5, 2]],
  ])('as %s is a list of numbers', async (what, shape, data) => {
    expect(await returned(what)).toMatchObject({ kind: 'array', shape, data: Float64Array.from(data) });
  });

  test.each([
    ['fraction', 0.25],
    ['loss', 1.5],
    ['digit', 7],
  ])('as %s is a number', async (what, number) => {
    expect(await returned(what)).toBe(number);
  });

  test.each(['nothing', 'letters', 'odd'])('as %s is none', async (what) => {
    expect(await returned(what)).toMatchObject({ kind: 'record' });
  });
});
