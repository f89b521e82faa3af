import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { constants, createDeflateRaw } from 'node:zlib';
import { build } from 'esbuild';
import { BUNDLE } from '../../cdk/constructs/bundle-options.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export type Room = 'discover' | 'tick' | 'learn';

export interface BundleSize {
  readonly bytes: number;
  /** Bytes of the file in a zip at the strength that the CDK uses; the zip's own headers, about 120 bytes, are left out. */
  readonly zippedBytes: number;
}

/** A function as the construct bundles it: the text of one ES module. Throws what esbuild throws. About a second. */
export async function bundled(room: Room): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'lambdas', room, 'handler.ts')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: BUNDLE.target,
    mainFields: [...BUNDLE.mainFields],
    banner: { js: BUNDLE.banner },
    logLevel: 'error',
  });
  return Buffer.concat(outputFiles.map(({ contents }) => contents));
}

/** How large that is. Throws what esbuild throws. About a second. */
export async function bundleSize(room: Room): Promise<BundleSize> {
  const text = await bundled(room);
  const deflated = await buffer(Readable.from([text]).pipe(createDeflateRaw({ level: constants.Z_BEST_COMPRESSION })));
  return { bytes: text.length, zippedBytes: deflated.length };
}

const calledAsProgram = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (calledAsProgram) {
  for (const room of ['discover', 'tick', 'learn'] as const) {
    const { bytes, zippedBytes } = await bundleSize(room);
    console.log(`${room}: ${(bytes / 1e6).toFixed(3)} MB, zipped ${(zippedBytes / 1e6).toFixed(3)} MB`);
  }
}
