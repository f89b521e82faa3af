import { existsSync } from 'node:fs';

/** How a worker's code may end: bundled, compiled, or as it is. */
const ENDINGS = ['mjs', 'js', 'ts'] as const;

/** Where the code of a worker lies that stands beside a module; `module` is that module's `import.meta.url`. */
export function workerBeside(name: string, module: string): URL {
  const places = ENDINGS.map((ending) => new URL(`./${name}.${ending}`, module));
  return places.find((url) => existsSync(url)) ?? places[0]!;
}
