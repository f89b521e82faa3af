import path from 'node:path';
import { bundled, bundleFitter, folderGiven } from './bundled.ts';

/** Everything of `learn` that its container image holds beside packages: the zip's files, and the trainer of networks. */
const folder = folderGiven('bundle-image');
await bundled('lambdas/learn/handler.ts', path.join(folder, 'handler.mjs'));
await bundled('adapters/fit/train-worker.ts', path.join(folder, 'train-worker.mjs'));
await bundleFitter(folder);
