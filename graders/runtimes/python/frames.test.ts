/** Tables of pandas, which is not there, as scripts use them for the history of a training; in the real box. */
import { describe, expect, test } from 'vitest';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import pandas as pd

table = pd.DataFrame({"loss": [3.0, 2.0, 1.25], "mae": [1.0, 0.5, 0.75]})
table["epoch"] = range(3)

def best():
    return [int(table["mae"].idxmin()), float(table.mae.min()), float(table["loss"].iloc[-1])]

def ends():
    last, first = table.tail(1), table.head(2)
    return [len(last), float(last["loss"].iloc[0]), len(first), float(first["mae"].iloc[-1]), float(table.round(1)["loss"].iloc[-1])]

def parts():
    pair = table[["loss", "mae"]].copy()
    pair["loss"][0] = 9.0
    return [*pair.shape, float(table["loss"][0])]

def summary():
    return table.describe()

def read():
    return pd.read_csv("history.csv")
`;

describe.skipIf(withoutPython !== undefined)('a table of a training', () => {
  const session = sharedPython({ 'p.py': program }, { names: {} }, ['best', 'ends', 'parts', 'summary', 'read']);
  const numbers = async (name: string) => (await session().call({ module: 'p.py', name }, [])).value;

  test('knows its best and its last row', async () => {
    expect(await numbers('best')).toMatchObject({ data: Float64Array.of(1, 0.5, 1.25) });
    expect(await numbers('ends')).toMatchObject({ data: Float64Array.of(1, 1.25, 2, 0.5, 1.2) });
    expect(await numbers('parts')).toMatchObject({ data: Float64Array.of(3, 2, 3) });
  });

  test('says of all else that it is not there, and gives no other numbers in its place', async () => {
    await expect(numbers('summary')).rejects.toThrow('a table of pandas has no describe while this is graded');
    await expect(numbers('read')).rejects.toThrow('pandas.read_csv is not there while this is graded');
  });
});
