import { describe, expect, it } from '@jest/globals';
import { S3Archive } from '../../../adapters/record/s3-archive.ts';
import { S3HistoryStore } from '../../../adapters/record/s3-history-store.ts';
import { S3ModelStore } from '../../../adapters/record/s3-model-store.ts';
import type { Version } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { historyKey, modelKey, modelOf, pairsOf, samplesOf } from '../../contract/samples.ts';
import { StoredObjects } from './stored-objects.ts';

const DAY = 86_400_000;
const MIDNIGHT = instant(Date.UTC(2026, 0, 15));
const STEP = 300_000;
const key = historyKey('web');
const MODEL = modelKey('web');

const setUp = () => {
  const objects = new StoredObjects();
  const unreadable: string[] = [];
  const notice = (object: string, reason: string) => unreadable.push(`${object}: ${reason}`);
  const history = new S3HistoryStore(objects, notice);
  return { objects, unreadable, history, models: new S3ModelStore(objects, notice), archive: new S3Archive(objects) };
};

describe('S3HistoryStore', () => {
  const readDay = async (history: S3HistoryStore, version?: Version) =>
    pairsOf(await history.read(key, { fromMs: MIDNIGHT, toMs: instant(MIDNIGHT + DAY) }, version));

  it('keeps one object for each UTC day and reads those days alone', async () => {
    const { objects, history } = setUp();
    await history.merge(key, samplesOf([-1, 0, 1].map((day) => [MIDNIGHT + day * DAY, day])));
    expect([...objects.texts.keys()].map((name) => name.slice(-18)).sort()).toEqual([
      '2026-01-14.json.gz',
      '2026-01-15.json.gz',
      '2026-01-16.json.gz',
    ]);
    objects.asked.length = 0;
    await history.read(key, { fromMs: instant(MIDNIGHT - STEP), toMs: instant(MIDNIGHT + STEP) });
    expect(objects.asked.map(([name]) => name.slice(-18, -8)).sort()).toEqual(['2026-01-14', '2026-01-15']);
  });

  it('asks a day that it has read before for a newer version only', async () => {
    const { objects, history } = setUp();
    await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    objects.asked.length = 0;
    expect(await readDay(history)).toEqual([[MIDNIGHT, 1]]);
    expect(objects.asked.map(([, etag]) => etag)).toEqual(['"1"']);
  });

  it('asks nothing of a day that it has seen within its trust, and for a newer version after that', async () => {
    const objects = new StoredObjects();
    let nowMs = 0;
    const history = new S3HistoryStore(objects, () => {}, { trustedMs: 1000, nowMs: () => nowMs });
    await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    objects.asked.length = 0;
    nowMs = 999;
    expect(await readDay(history, 'lately')).toEqual([[MIDNIGHT, 1]]);
    await history.merge(key, samplesOf([[MIDNIGHT + STEP, 2]]));
    expect(objects.asked).toEqual([]);
    await new S3HistoryStore(objects, () => {}).merge(key, samplesOf([[MIDNIGHT + 2 * STEP, 3]]));
    objects.asked.length = 0;
    expect(await readDay(history, 'lately')).toHaveLength(2);
    expect(objects.asked).toEqual([]);
    expect(await readDay(history)).toHaveLength(3);
    // What stands is trusted anew from when it was asked for; a clock that was set back makes nothing young.
    objects.asked.length = 0;
    nowMs = 1998;
    await readDay(history, 'lately');
    expect(objects.asked).toEqual([]);
    nowMs = 1999;
    await readDay(history, 'lately');
    nowMs = 0;
    await readDay(history, 'lately');
    expect(objects.asked.map(([, etag]) => etag)).toEqual(['"3"', '"3"']);
  });

  it('writes over what another writer stored while it trusted its own version, and loses nothing', async () => {
    const objects = new StoredObjects();
    const history = new S3HistoryStore(objects, () => {}, { trustedMs: 1000, nowMs: () => 0 });
    await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    await new S3HistoryStore(objects, () => {}).merge(key, samplesOf([[MIDNIGHT + STEP, 2]]));
    await history.merge(key, samplesOf([[MIDNIGHT + 2 * STEP, 3]]));
    expect(await readDay(history)).toEqual([0, 1, 2].map((k) => [MIDNIGHT + k * STEP, k + 1]));
  });

  it('sees what another writer wrote meanwhile and keeps both', async () => {
    const { objects, history } = setUp();
    const other = new S3HistoryStore(objects, () => {});
    await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    await other.merge(key, samplesOf([[MIDNIGHT + STEP, 2]]));
    await history.merge(key, samplesOf([[MIDNIGHT + 2 * STEP, 3]]));
    expect(await readDay(history)).toEqual([0, 1, 2].map((k) => [MIDNIGHT + k * STEP, k + 1]));
  });

  it('gives up, to be tried again, when another writer is always faster', async () => {
    const { objects, history } = setUp();
    objects.meanwhile = (name) => void objects.write(name, '{"version":1,"timestampsMs":[],"values":[]}');
    const merging = history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    await expect(merging).rejects.toMatchObject({ code: 'AWS_CALL', retryable: true });
  });

  it.each([
    { case: 'no JSON', text: '{' },
    { case: 'another version', text: '{"version":2}' },
    { case: 'stamps without values', text: '{"version":1,"timestampsMs":[1],"values":[]}' },
  ])('tells of a day that holds $case, counts it as empty, and heals it at the next merge', async ({ text }) => {
    const { objects, unreadable, history } = setUp();
    await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
    const [name = ''] = objects.texts.keys();
    objects.write(name, text);
    expect(await readDay(history)).toEqual([]);
    expect(unreadable).toEqual([`${name}: not a day of history of version 1`]);
    await history.merge(key, samplesOf([[MIDNIGHT, 2]]));
    expect(await readDay(history)).toEqual([[MIDNIGHT, 2]]);
  });

  it('leaves out samples that are not finite', async () => {
    const { history } = setUp();
    await history.merge(
      key,
      samplesOf([
        [MIDNIGHT, Number.NaN],
        [MIDNIGHT + STEP, 2],
      ]),
    );
    expect(await readDay(history)).toEqual([[MIDNIGHT + STEP, 2]]);
  });
});

describe('S3ModelStore', () => {
  it('parses a model once and asks for a newer version only', async () => {
    const { objects, models } = setUp();
    await models.save(MODEL, modelOf('a'));
    const warm = new S3ModelStore(objects, () => {});
    const [first, second] = [await warm.load(MODEL), await warm.load(MODEL)];
    expect(first).toEqual(modelOf('a'));
    expect(second).toBe(first);
    expect(objects.asked.map(([, etag]) => etag)).toEqual([undefined, '"1"']);
  });

  it('gives a reader who waits for no fit what it has seen within its trust, and one who does the newest', async () => {
    const objects = new StoredObjects();
    let nowMs = 0;
    const models = new S3ModelStore(objects, () => {}, { trustedMs: 1000, nowMs: () => nowMs });
    await models.save(MODEL, modelOf('a'));
    await new S3ModelStore(objects, () => {}).save(MODEL, modelOf('b'));
    expect(await models.load(MODEL, 'lately')).toEqual(modelOf('a'));
    expect(await models.load(MODEL)).toEqual(modelOf('b'));
    await new S3ModelStore(objects, () => {}).save(MODEL, modelOf('c'));
    nowMs = 999;
    expect(await models.load(MODEL, 'lately')).toEqual(modelOf('b'));
    nowMs = 1000;
    expect(await models.load(MODEL, 'lately')).toEqual(modelOf('c'));
  });

  it.each([
    { case: 'no JSON', text: 'x' },
    { case: 'a later version', text: JSON.stringify({ version: 2, ...modelOf('a') }) },
    { case: 'a path that is no numbers', text: JSON.stringify({ version: 1, ...modelOf('a') }).replace('1.5', '"x"') },
  ])('counts a model that is $case as absent and tells of it', async ({ text }) => {
    const { objects, unreadable, models } = setUp();
    await models.save(MODEL, modelOf('a'));
    const [name = ''] = objects.texts.keys();
    objects.write(name, text);
    expect(await models.load(MODEL)).toBeUndefined();
    expect(unreadable).toEqual([expect.stringMatching(/^models\/web\/.*not a model of version 1/)]);
  });
});

describe('S3Archive', () => {
  it('throws when what is kept at an address is not what was written', async () => {
    const { objects, archive } = setUp();
    const address = await archive.put('inputs');
    objects.write(`archive/${address}.gz`, 'tampered');
    await expect(archive.get(address)).rejects.toMatchObject({ code: 'DOCUMENT' });
  });
});
