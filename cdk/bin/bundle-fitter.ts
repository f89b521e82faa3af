import { bundleFitter, folderGiven } from './bundled.ts';

await bundleFitter(folderGiven('bundle-fitter'));
