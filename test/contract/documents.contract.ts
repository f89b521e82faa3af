import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { policyInput } from '../loop/fixtures.ts';
import type { OpenAccount } from './account.ts';
import { manifestOf, modelKey, modelOf } from './samples.ts';

/** Models, archived texts and policies. */
export function documentsContract(open: OpenAccount): void {
  describe('model store', () => {
    it('has no model of a workload that was never fitted', async () => {
      const account = open();
      expect(await account.ports.models.load(modelKey(account.freshName()))).toBeUndefined();
    });

    it('gives the model that was saved last, number for number', async () => {
      const account = open();
      const { models } = account.ports;
      const key = modelKey(account.freshName());
      await models.save(key, modelOf('seasonal-naive'));
      expect(await models.load(key)).toEqual(modelOf('seasonal-naive'));
      await models.save(key, modelOf('mstl-ets'));
      expect(await models.load(key)).toEqual(modelOf('mstl-ets'));
      expect(await models.load(modelKey(key.workload, { periodSeconds: 60 }))).toBeUndefined();
      expect(await models.load(modelKey(key.workload, { terms: 'ten steps ahead' }))).toBeUndefined();
    });
  });

  describe('manifest store', () => {
    it('gives the manifest that was saved last beside a model, and none where nothing was fitted', async () => {
      const account = open();
      const { manifests } = account.ports;
      const key = modelKey(account.freshName());
      expect(await manifests.load(key)).toBeUndefined();
      await manifests.save(key, manifestOf('fit'));
      await manifests.save(key, manifestOf('refresh'));
      expect(await manifests.load(key)).toEqual(manifestOf('refresh'));
      expect(await manifests.load(modelKey(key.workload, { terms: 'ten steps ahead' }))).toBeUndefined();
    });

    it('gives one manifest of each other workload, by name', async () => {
      const account = open();
      const { manifests } = account.ports;
      const names = ['a', 'b/…', 'c'].map((end) => `${account.freshName()}-${end}`).sort();
      for (const workload of [...names].reverse()) {
        for (const terms of ['one step ahead', 'two']) {
          await manifests.save(modelKey(workload, { terms }), { ...manifestOf('fit'), workload });
        }
      }
      const [own = '', ...others] = names;
      const found = (await manifests.others(own, 1000)).map(({ workload }) => workload);
      expect(found.filter((workload) => names.includes(workload))).toEqual(others);
      expect(await manifests.others(own, 1)).toHaveLength(1);
    });
  });

  describe('network store', () => {
    it('has none of a workload that nobody brought one for', async () => {
      const account = open();
      expect(await account.ports.networks.of(account.freshName())).toEqual([]);
    });
  });

  describe('archive', () => {
    it.each([
      { case: 'plain text', text: 'inputs' },
      { case: 'text beyond ASCII', text: 'größer als 1 ≤ 2 — 漢字 🚀' },
      { case: 'nothing at all', text: '' },
    ])('keeps $case under the SHA-256 of its UTF-8 bytes', async ({ text }) => {
      const account = open();
      const { archive } = account.ports;
      const unique = text === '' ? '' : `${text} ${account.freshName()}`;
      const address = await archive.put(unique);
      expect(address).toBe(createHash('sha256').update(Buffer.from(unique, 'utf8')).digest('hex'));
      expect(await archive.get(address)).toBe(unique);
      expect(await archive.put(unique)).toBe(address);
    });

    it.each([
      { case: 'an address that nothing has', address: '0'.repeat(64) },
      { case: 'what is no address', address: '../models/x' },
    ])('has nothing at $case', async ({ address }) => {
      expect(await open().ports.archive.get(address)).toBeUndefined();
    });
  });

  describe('policy store', () => {
    it('reads a policy with its defaults filled in', async () => {
      const account = open();
      const name = account.freshName();
      await account.putPolicyText(name, JSON.stringify({ ...policyInput, name }));
      const read = await account.ports.policies.read(name);
      expect(read).toMatchObject({ ok: true, value: { name, cadenceSeconds: 300, guards: { deadManMinutes: 30 } } });
    });

    it.each([
      { case: 'is not there', name: 'prescale-no-such-policy' },
      { case: 'could not even be asked for', name: '../switch' },
      { case: 'is empty', name: '' },
    ])('refuses a name that $case', async ({ name }) => {
      const read = await open().ports.policies.read(name);
      expect(read).toMatchObject({ ok: false, refusal: { kind: 'unknown-policy' } });
    });

    it.each([
      { case: 'no JSON', text: () => '{', reason: /not JSON/ },
      { case: 'an unknown key', text: () => JSON.stringify({ ...policyInput, colour: 1 }), reason: /colour/ },
      { case: 'the name of another policy', text: () => JSON.stringify(policyInput), reason: /calls itself "web"/ },
    ])('refuses a document with $case and says so', async ({ text, reason }) => {
      const account = open();
      const name = account.freshName();
      await account.putPolicyText(name, text());
      const refusal = { kind: 'bad-policy', reason: expect.stringMatching(reason) };
      expect(await account.ports.policies.read(name)).toMatchObject({ ok: false, refusal });
    });
  });
}
