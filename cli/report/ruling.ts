import type { DecisionEntry } from '../../loop/ledger.ts';
import type { Rule } from '../../models/decide/decision.ts';

/** A rule as people meet it: `reactive` stands for several things, told apart by what there was of a forecast. */
export type Ruling = Exclude<Rule, 'reactive'> | 'reactive (no forecast)' | 'reactive (trial)' | 'reactive (doubt)';

/** Rules that want a capacity. */
const PLAN_WORDS = {
  band: 'the price of a shortage and a regression of the load, step by step, tell for each unit what it costs to launch it, to keep it and to lack it; what is ordered is raised to the units worth launching, cut to the units worth keeping, and left alone between the two',
  newsvendor:
    'without a usable outlook step by step, the peak of the lead window at the quantile that the price of a shortage asks for set the capacity',
  'reactive (no forecast)': 'there was no forecast, so the load of that moment set the capacity',
  'reactive (trial)':
    'the most that was needed lately, times a margin, set the capacity: on load that neither had seen, that plain rule had been cheaper than the plan, and it decides until the plan costs no more',
  'reactive (doubt)':
    'the forecast had no say, because its errors have drifted since its fit or are no better than naive, so the most that was needed lately, times a margin, set the capacity',
} as const satisfies Partial<Record<Ruling, string>>;

/** Rules that permit, change or forbid it. */
const GUARD_WORDS: Readonly<Record<Exclude<Ruling, keyof typeof PLAN_WORDS>, string>> = {
  'scale-in-hold': 'as much was wanted a short while ago, so it is kept before anything is given away',
  'step-limit': 'one tick may move the capacity only so far',
  'scale-in-cooldown': 'the last cut was too recent for another',
  'reactive-floor': 'whatever was forecast, never below what the load needs now',
  bounds: "the limits that the group's owner set had the last word",
  'blind-hold': 'the load could not be read, so the capacity was held',
  'blind-home': 'the load could not be read for too long, so nothing is renewed and the group goes home',
  freeze: 'a person froze the controller, so everything was held',
  release: 'a person released the group, so it goes back to its base',
  admission: 'the group may not be controlled as it stands',
  'instance-refresh': 'instances were being refreshed, so nothing was moved',
  'account-cap': "the account's budget of new units for this minute was the limit",
  headroom: 'more than that the account cannot launch: a quota or the free addresses of the subnets were the limit',
  'fleet-breaker': 'too many groups wanted to change by much at once, so large changes were held',
  'stale-tick': 'this tick came too late to act on: it is recorded only',
};

/** What each ruling means, in one line. */
export const RULING_WORDS: Readonly<Record<Ruling, string>> = { ...PLAN_WORDS, ...GUARD_WORDS };

/** The ruling that had the last word on a decision; null where nothing was decided. */
export function rulingOf({
  decision,
  doubt,
  forecast,
}: Pick<DecisionEntry, 'decision' | 'doubt' | 'forecast'>): Ruling | null {
  if (decision === null) return null;
  if (decision.rule !== 'reactive') return decision.rule;
  if (doubt !== undefined) return 'reactive (doubt)';
  return forecast.kind === 'refused' ? 'reactive (no forecast)' : 'reactive (trial)';
}

/** True where a guard, not the plan, had the last word. */
export const isGuard = (ruling: Ruling | null): boolean => ruling !== null && ruling in GUARD_WORDS;

/** Names as in the ledger, but for the two that share one there. */
export const rulingName = (ruling: Ruling | null): string => ruling ?? 'no decision';

/** A ruling in words; a tick without a decision has none. */
export const rulingWords = (ruling: Ruling | null): string =>
  ruling === null ? 'the tick could not see its group or its policy, so nothing was decided' : RULING_WORDS[ruling];
