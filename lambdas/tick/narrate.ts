import type { DecisionEntry, OutcomeEntry } from '../../loop/ledger.ts';
import type { GroupId, Telemetry } from '../../loop/ports.ts';
import { METRIC } from '../shared/config.ts';
import type { Facts, Voice } from '../shared/voice.ts';

/** Codes by which the adapters say that AWS asked for fewer calls. */
const THROTTLED = /throttl|too.?many|rate.?exceed|request.?limit|slow.?down/i;

/** One line for each stage of a turn, all with the same tick id, from what the ledger will keep. */
const stagesOf = (entry: DecisionEntry, outcome: OutcomeEntry): Readonly<Record<string, Facts>> => ({
  observe: { found: entry.groupFound, freshUntilMs: entry.load?.freshUntilMs ?? null },
  clean: { load: entry.load },
  forecast: { forecast: entry.forecast },
  decide: { needNow: entry.needNow, target: entry.decision?.target ?? null },
  guard: { rule: entry.decision?.rule ?? null, reasons: entry.decision?.reasons ?? [] },
  act: { action: entry.action, status: outcome.status, reasons: outcome.reasons },
  record: { inputs: entry.inputs, versions: entry.versions },
});

const tickId = (group: GroupId, asOfMs: number): string => `${group.name}@${new Date(asOfMs).toISOString()}`;

/** Tells each turn to the log beside what `inner` does with it, and counts the failures that are throttling. */
export const narrated = (inner: Telemetry, voice: Voice): Telemetry => ({
  tick(entry, outcome) {
    inner.tick(entry, outcome);
    const tick = tickId(entry.group, entry.asOfMs);
    for (const [stage, facts] of Object.entries(stagesOf(entry, outcome))) voice.info(stage, { tick, ...facts });
  },
  failure(group, code) {
    inner.failure(group, code);
    voice.warn('failure', { group: group.name, code });
    if (THROTTLED.test(code)) voice.count(METRIC.throttled, 1);
  },
});
