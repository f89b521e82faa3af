import { describe, expect, it } from '@jest/globals';
import { S3NetworkStore } from '../../../adapters/record/s3-network-store.ts';
import { lstmModel } from '../../forecast/neural/models.ts';
import { StoredObjects } from './stored-objects.ts';

/** Objects that can be listed, as a bucket lists them. */
class ListedObjects extends StoredObjects {
  async list(prefix: string, most: number): Promise<readonly string[]> {
    return [...this.texts.keys()]
      .filter((key) => key.startsWith(prefix))
      .sort()
      .slice(0, most);
  }
}

const network = lstmModel;

function stored(objects: Readonly<Record<string, string>>) {
  const bucket = new ListedObjects();
  for (const [key, text] of Object.entries(objects)) bucket.write(key, text);
  const told: string[] = [];
  return { store: new S3NetworkStore(bucket, (object) => void told.push(object)), told };
}

describe('networks that people brought', () => {
  it('are those of the workload, by name', async () => {
    const other = { ...network, seed: network.seed + 1 };
    const { store, told } = stored({
      'networks/shop/b.json': JSON.stringify(network),
      'networks/shop/a.json': JSON.stringify(other),
      'networks/shopping/c.json': JSON.stringify(network),
    });
    expect(await store.of('shop')).toEqual([other, network]);
    expect(told).toEqual([]);
  });

  it('stand beside the one that a fit has trained, which the next training replaces', async () => {
    const { store } = stored({ 'networks/shop/b.json': JSON.stringify(network) });
    await store.keep('shop', { ...network, seed: 7 });
    await store.keep('shop', { ...network, seed: 8 });
    expect((await store.of('shop')).map(({ seed }) => seed)).toEqual([8, network.seed]);
  });

  it('are told and left out where they are none', async () => {
    const { store, told } = stored({
      'networks/shop/a.json': 'not JSON',
      'networks/shop/b.json': JSON.stringify(network),
      'networks/shop/c.json': JSON.stringify({ ...network, weights: 'AAAA' }),
    });
    expect(await store.of('shop')).toEqual([network]);
    expect(told).toEqual(['networks/shop/a.json', 'networks/shop/c.json']);
  });

  it('are four at most', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => [`networks/shop/${name}.json`, JSON.stringify(network)]);
    expect(await stored(Object.fromEntries(names)).store.of('shop')).toHaveLength(4);
  });
});
