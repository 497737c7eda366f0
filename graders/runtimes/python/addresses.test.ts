import { describe, expect, test } from 'vitest';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
class Layer: pass
print(Layer(), '0x7f00aa11bb22', 'at 0x7f00aa11bb22')
def f():
    print(f)
    raise ValueError(f'no {Layer()}')
`;

describe.skipIf(withoutPython !== undefined)('where its objects lie, which is elsewhere in every run,', () => {
  const session = sharedPython({ 'q.py': program });

  test('is in nothing that a program prints or throws', async () => {
    const called = session().call({ module: 'q.py', name: 'f' }, []);
    await expect(called).rejects.toThrow('no <q.Layer object at 0x…>');
    const printed = () => session().output();
    await expect.poll(printed).toContain('<q.Layer object at 0x…> 0x7f00aa11bb22 at 0x7f00aa11bb22\n');
    await expect.poll(printed).toContain('<function f at 0x…>');
  });
});
