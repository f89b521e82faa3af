import type { ForecasterFiles } from '../../models/forecast/registry.ts';
import { augursBytes } from './augurs-bytes.ts';
import { shippedLeadTrees } from './lead-trees-file.ts';

/** What forecasters need that is no code, as it ships. Throws as `augursBytes`; the trees are read when they are asked for. */
export const forecasterFiles = (): ForecasterFiles => ({ augurs: augursBytes(), leadTrees: shippedLeadTrees });
