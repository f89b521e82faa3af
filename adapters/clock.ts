import type { Clock } from '../loop/ports.ts';
import { instant } from '../models/kernel/series.ts';

/** The machine's clock. */
export const systemClock: Clock = { wall: () => instant(Date.now()) };
