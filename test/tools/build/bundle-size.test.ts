import { describe, expect, it } from '@jest/globals';
import { bundleSize } from '../../../tools/build/bundle-size.ts';

describe('the bundle of tick', () => {
  it('holds the SDK and stays below 2 MB zipped, so that a cold start stays short', async () => {
    const { bytes, zippedBytes } = await bundleSize('tick');
    // Without the SDK inside it would be a tenth of this, and would not run where the runtime brings none.
    expect(bytes).toBeGreaterThan(500_000);
    expect(zippedBytes).toBeLessThan(2_000_000);
  });
});
