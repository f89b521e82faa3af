import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The nearest package.json above this module is the project's own: in a checkout one step up, when compiled two. */
function packageVersion(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = path.join(directory, 'package.json');
    const parsed = z.object({ name: z.literal('prescale'), version: z.string() }).safeParse(readJson(file));
    if (parsed.success) return parsed.data.version;
    const above = path.dirname(directory);
    if (above === directory) return 'unknown';
    directory = above;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Version of this package. */
export const VERSION: string = packageVersion();
