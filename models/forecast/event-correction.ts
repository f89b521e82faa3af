import type { LearnedEvent } from '../calendar/event.ts';
import { factorOver, shareOf } from '../calendar/event-factor.ts';
import { peakOf } from './error-correction.ts';
import type { LoadOutlook } from './outlook.ts';
import type { PeakForecast } from './peak.ts';

/**
 * A forecast made without events with those put back that fall into its window: the path step by step, the distribution
 * of its peak by as much as the expected peak. The very forecast where there is none. O(window · events).
 */
export function peakWithEvents(peak: PeakForecast, events: readonly LearnedEvent[], stepMs: number): PeakForecast {
  const factors = peak.expectedPath.map((_, k) => {
    const begins = peak.anchoredAtMs + k * stepMs;
    return factorOver(events, begins, begins + stepMs);
  });
  if (factors.every((factor) => factor === 1)) return peak;
  const expectedPath = peak.expectedPath.map((load, k) => load * factors[k]!);
  const expectedPeak = peakOf(expectedPath);
  const lift = peak.expectedPeak > 0 ? expectedPeak / peak.expectedPeak : peakOf(factors);
  return {
    ...peak,
    expects: inWords(events, peak.anchoredAtMs, peak.anchoredAtMs + factors.length * stepMs),
    expectedPath,
    expectedPeak,
    quantile: (p) => peak.quantile(p) * lift,
    scenarios: peak.scenarios.map((load) => load * lift),
  };
}

/** Those of the events that reach into a span, with their factors. */
const inWords = (events: readonly LearnedEvent[], fromMs: number, toMs: number): readonly string[] =>
  events
    .filter(({ windows }) => shareOf(windows, fromMs, toMs) > 0)
    .map(({ name, uplift }) => `"${name}" × ${uplift.toFixed(2)}`);

/**
 * The same for a plan's outlook. Steps just before and after an event's edge become horizons of their own, with the
 * distribution of the next known one before the factor, so that a short event does not fall between two horizons.
 * The very outlook where no event reaches it. O(horizons · events) once, then as the outlook.
 */
export function outlookWithEvents(outlook: LoadOutlook, events: readonly LearnedEvent[]): LoadOutlook {
  const { anchoredAtMs, stepMs } = outlook;
  const furthest = outlook.horizons.at(-1) ?? 0;
  const horizons = [...new Set([...outlook.horizons, ...edgesOf(events, outlook, furthest)])].sort((a, b) => a - b);
  const factors = horizons.map((h) => factorOver(events, anchoredAtMs + (h - 1) * stepMs, anchoredAtMs + h * stepMs));
  if (factors.every((factor) => factor === 1)) return outlook;
  const known = horizons.map((h) => outlook.horizons.findIndex((steps) => steps >= h));
  return {
    ...outlook,
    horizons,
    exceedance: (i, load) => outlook.exceedance(known[i]!, load / factors[i]!),
    quantile: (i, p) => outlook.quantile(known[i]!, p) * factors[i]!,
  };
}

/** Horizons next to the beginnings and ends of the events, within what the outlook knows. */
function edgesOf(events: readonly LearnedEvent[], { anchoredAtMs, stepMs }: LoadOutlook, furthest: number): number[] {
  const near = (ms: number): number[] => {
    const step = Math.floor((ms - anchoredAtMs) / stepMs);
    return [step, step + 1, step + 2];
  };
  return events
    .flatMap(({ windows }) => windows.flatMap(({ fromMs, toMs }) => [...near(fromMs), ...near(toMs)]))
    .filter((h) => h >= 1 && h <= furthest);
}
