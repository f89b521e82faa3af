import type { Rule } from '../../models/decide/decision.ts';

/** What each rule means, in one line; the rule of a decision is the one that had the last word. */
export const RULE_WORDS: Readonly<Record<Rule, string>> = {
  band: 'the price of having, lacking and launching units, weighed against the forecast, set the capacity',
  newsvendor: 'the forecast, at the quantile that the price of a shortage asks for, set the capacity',
  reactive: 'there was no forecast, so the load of this moment set the capacity',
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
  'fleet-breaker': 'too many groups wanted to change by much at once, so all held',
  'stale-tick': 'this tick came too late to act on: it is recorded only',
};

/** Names of the rules, most of them as in the ledger. */
export const ruleName = (rule: Rule | null): string => rule ?? 'no decision';

/** A rule in words; a tick without a decision has none. */
export const ruleWords = (rule: Rule | null): string =>
  rule === null ? 'the tick could not see its group or its policy, so nothing was decided' : RULE_WORDS[rule];
