import { bundleTrainer, folderGiven } from './bundled.ts';

await bundleTrainer(folderGiven('bundle-trainer'));
