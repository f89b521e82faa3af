import { endOf, type Series } from '../models/kernel/series.ts';
import { windowOf } from './fitted-window.ts';
import type { ModelManifest } from './manifest.ts';
import type { Archive, ManifestStore } from './ports.ts';

const DAY_MS = 86_400_000;

/** A workload that has seen a whole week of itself needs no others, and may be one. */
const WEEK_MS = 7 * DAY_MS;

/** More teach nothing new, and each is a history to be read. */
const MOST_DONORS = 12;

/** Workloads that are looked at, of however many there are. */
const MOST_LOOKED_AT = 50;

/** Another workload's history, as its own newest fit saw it. */
export interface Donor {
  /** Where the archive keeps it. */
  readonly address: string;
  readonly history: Series;
}

/**
 * The histories of other workloads that a young one learns from: up to a dozen, the longest first, none that reaches beyond
 * the young one's own end. Empty for a workload that is a week old. One list and some sixty reads where it is young.
 */
export async function donorsFor(
  workload: string,
  window: Series,
  { manifests, archive }: { readonly manifests: ManifestStore; readonly archive: Archive },
): Promise<readonly Donor[]> {
  if (endOf(window) - window.startMs >= WEEK_MS) return [];
  const others = await manifests.others(workload, MOST_LOOKED_AT);
  const chosen = others
    .map(({ data }) => data)
    .filter((data) => span(data) >= WEEK_MS && data.toMs <= endOf(window))
    // A stable sort: of two that are as long the first by name teaches.
    .sort((a, b) => span(b) - span(a))
    .slice(0, MOST_DONORS);
  const donors = await Promise.all(
    chosen.map(async ({ sha256 }) => {
      const text = await archive.get(sha256);
      return text === undefined ? [] : [{ address: sha256, history: windowOf(text) }];
    }),
  );
  return donors.flat();
}

const span = ({ fromMs, toMs }: ModelManifest['data']): number => toMs - fromMs;
