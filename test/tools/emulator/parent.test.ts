import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SOURCE = new URL('../../../tools/emulator/parent.ts', import.meta.url).href;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Says where it is, and what it hears; ends by itself when it hears nothing for long. */
const CHILD = `
  const { onParentGone } = await import(${JSON.stringify(SOURCE)});
  const stay = setTimeout(() => {}, 20000);
  onParentGone(() => { process.stdout.write('gone\\n'); clearTimeout(stay); });
  process.stdout.write('ready\\n');
`;

/** A parent that is not told of anything: it only starts the child, whose output is the test's own pipe. */
const PARENT = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(CHILD)}], { stdio: 'inherit' });
  setTimeout(() => {}, 20000);
`;

describe('onParentGone', () => {
  it('is told when the parent was killed outright, and holds the process no longer', async () => {
    const parent = spawn(process.execPath, ['-e', PARENT], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    parent.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said === 'ready\n') parent.kill('SIGKILL');
    });
    // The pipe closes when the child, too, has ended.
    await once(parent.stdout, 'close');
    expect(said).toBe('ready\ngone\n');
  });

  it('keeps no process alive', async () => {
    const script = `(await import(${JSON.stringify(SOURCE)})).onParentGone(() => undefined);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore', timeout: 20_000 });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
