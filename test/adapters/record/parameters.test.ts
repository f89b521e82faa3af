import type { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { Parameters } from '../../../adapters/record/parameters.ts';

/** A client that knows these parameters and keeps the names that each call asked for. */
function clientOf(known: Readonly<Record<string, string>>) {
  const calls: (readonly string[])[] = [];
  const send = async ({ input: { Names } }: { readonly input: { readonly Names: readonly string[] } }) => {
    calls.push(Names);
    if (Names.includes('/p/broken')) throw Object.assign(new Error('no'), { name: 'InternalServerError' });
    return {
      Parameters: Names.flatMap((Name) => (known[Name] === undefined ? [] : [{ Name, Value: known[Name] }])),
      InvalidParameters: Names.filter((name) => known[name] === undefined),
    };
  };
  return { calls, parameters: new Parameters({ send } as unknown as SSMClient, '/p') };
}

describe('Parameters', () => {
  it('asks once for what is asked for at the same moment, each name once', async () => {
    const { calls, parameters } = clientOf({ '/p/switch': 'run', '/p/policies/web': '{}' });
    const asked = ['switch', 'policies/web', 'switch', 'absent'].map((name) => parameters.read(name));
    expect(await Promise.all(asked)).toEqual(['run', '{}', 'run', undefined]);
    expect(calls).toEqual([['/p/switch', '/p/policies/web', '/p/absent']]);
  });

  it('asks again for what is asked for later, and sees what has changed', async () => {
    const known: Record<string, string> = { '/p/switch': 'run' };
    const { calls, parameters } = clientOf(known);
    await parameters.read('switch');
    known['/p/switch'] = 'freeze';
    expect([await parameters.read('switch'), calls.length]).toEqual(['freeze', 2]);
  });

  it('asks for ten names a call', async () => {
    const known = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`/p/${i}`, String(i)]));
    const { calls, parameters } = clientOf(known);
    const texts = await Promise.all(Array.from({ length: 21 }, (_, i) => parameters.read(String(i))));
    expect(texts).toEqual(Array.from({ length: 21 }, (_, i) => String(i)));
    expect(calls.map((names) => names.length)).toEqual([10, 10, 1]);
  });

  it('fails nobody who waits for another call', async () => {
    const known = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`/p/${i}`, String(i)]));
    const { parameters } = clientOf(known);
    const asked = [
      ...Object.keys(known)
        .slice(0, 10)
        .map((name) => name.slice(3)),
      'broken',
      '10',
    ];
    const settled = await Promise.allSettled(asked.map((name) => parameters.read(name)));
    expect(settled.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 'fulfilled'),
      'rejected',
      'rejected',
    ]);
  });

  it('fails everyone who waits for a call that fails, and nobody after', async () => {
    const { parameters } = clientOf({ '/p/switch': 'run' });
    const [broken, beside] = await Promise.allSettled([parameters.read('broken'), parameters.read('switch')]);
    expect([broken.status, beside.status]).toEqual(['rejected', 'rejected']);
    await expect(parameters.read('broken')).rejects.toMatchObject({ code: 'AWS_CALL' });
    expect(await parameters.read('switch')).toBe('run');
  });
});
