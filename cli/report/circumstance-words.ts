import type { ShortageKind } from '../../loop/launches.ts';
import type { DecisionEntry } from '../../loop/ledger.ts';
import { RIVAL_WORDS } from '../../loop/rival.ts';
import { dateTime, number } from '../page/format.ts';

/** Sentences about what a decision had to live with, for `decisionAccount`. All times are UTC. */

/** How far ahead was looked, and whence the boot time is; nothing in entries of before it was measured. */
export function saidLead({ lead }: DecisionEntry): readonly string[] {
  if (lead === undefined) return [];
  const { seconds, bootSeconds, source, configuredSeconds, boots, measuredSeconds } = lead;
  const whence =
    source === 'measured' ? `as measured, where the policy says ${number(configuredSeconds)} s` : 'as the policy says';
  const known = measuredSeconds === undefined ? '' : `, nine in ten of them within ${number(measuredSeconds)} s`;
  const counted = boots === 0 ? '' : `; ${number(boots)} ${boots === 1 ? 'boot was' : 'boots were'} known${known}`;
  return [`The lead time was ${number(seconds)} s, with ${number(bootSeconds)} s of boot ${whence}${counted}.`];
}

const LACKED: Readonly<Record<ShortageKind, string>> = {
  capacity: 'capacity',
  quota: 'quota',
  addresses: 'free addresses',
};

/** The newest launch that AWS could not make; nothing where there was none of late. */
export const saidShortage = ({ shortage }: DecisionEntry): readonly string[] =>
  shortage === undefined
    ? []
    : [`At ${dateTime(shortage.atMs)} AWS could not launch for want of ${LACKED[shortage.kind]}: ${shortage.said}`];

/** Another forecaster that acts on the group; nothing where none was seen. */
export const saidRival = ({ rival }: DecisionEntry): readonly string[] =>
  rival === undefined ? [] : [RIVAL_WORDS[rival]];

/** What the account could still launch; nothing where nobody asked. */
export function saidHeadroom({ headroom }: DecisionEntry): readonly string[] {
  if (headroom === undefined) return [];
  const left = headroom.limits.map(({ units, said }) => `${number(units)} (${said})`);
  const known = left.length === 0 ? [] : [`The account could still launch so many units: ${left.join(', ')}.`];
  return [...known, ...headroom.unknown.map((why) => `What it could launch was not fully known: ${why}.`)];
}
