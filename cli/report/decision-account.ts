import { type DecisionEntry, LEDGER_LEVELS } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { fixed, load, number, percent } from '../page/format.ts';
import type { Column } from '../table.ts';
import { saidHeadroom, saidLead, saidRival, saidShortage } from './circumstance-words.ts';
import { pricedChoice } from './decision-facts.ts';
import { saidMove } from './decision-sentence.ts';
import {
  saidAction,
  saidBand,
  saidCame,
  saidConfirm,
  saidDoubt,
  saidForecast,
  saidGroup,
  saidLoad,
  saidOutcome,
  saidPrice,
  saidReacting,
  saidReplay,
} from './decision-words.ts';
import type { Came } from './forecast-check.ts';
import { rulingName, rulingOf, rulingWords } from './ruling.ts';

/** A table within an account. The first column heads its row. */
export interface ToldTable {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A sentence, sentences that are numbered, or a table. */
export type Told = string | { readonly numbered: readonly string[] } | ToldTable;

/** One part of an account. */
export interface Passage {
  /** At most twelve letters, lower case. */
  readonly name: string;
  readonly told: readonly Told[];
}

/**
 * Everything that the ledger knows of one decision, in the order of the loop. The report and `prescale explain` render
 * this same account. `came` is what the window brought, where a caller knows it.
 */
export function decisionAccount(record: LedgerRecord, came: Came | null): readonly Passage[] {
  const { decision: entry } = record;
  const ruling = rulingOf(entry);
  return [
    {
      name: 'saw',
      told: [
        saidLoad(entry.load),
        saidGroup(entry),
        ...saidHeadroom(entry),
        ...saidShortage(entry),
        ...saidRival(entry),
      ],
    },
    {
      name: 'expected',
      told: [
        saidForecast(entry),
        ...saidLead(entry),
        ...saidDoubt(entry),
        ...quantileTable(entry),
        ...saidCame(entry, came),
      ],
    },
    {
      name: 'chose',
      told: [
        `${saidMove(entry)}.`,
        `${rulingName(ruling)} had the last word: ${rulingWords(ruling)}.`,
        ...saidBand(entry),
      ],
    },
    { name: 'because', told: numbered(entry.decision?.reasons ?? [], 'No reason was recorded.') },
    { name: 'alternatives', told: [...alternativeTable(entry), saidPrice(entry)] },
    { name: 'reacting', told: [saidReacting(entry)] },
    { name: 'to write', told: [...numbered(saidAction(entry.action), 'Nothing.'), saidOutcome(record)] },
    { name: 'read back', told: [saidConfirm(record)] },
    { name: 'to replay', told: [saidReplay(entry)] },
  ];
}

const numbered = (sentences: readonly string[], otherwise: string): readonly Told[] =>
  sentences.length === 0 ? [otherwise] : [{ numbered: sentences }];

const right = (title: string): Column => ({ title, align: 'right' });

const left = (title: string): Column => ({ title, align: 'left' });

function quantileTable({ forecast }: DecisionEntry): readonly Told[] {
  if (forecast.kind !== 'forecast') return [];
  return [
    {
      caption: 'The peak stays at or below a load with this probability:',
      columns: [left('probability'), ...LEDGER_LEVELS.map((level) => right(percent(level)))],
      rows: [['load', ...LEDGER_LEVELS.map((_, k) => load(forecast.quantiles[k]))]],
    },
  ];
}

function alternativeTable(entry: DecisionEntry): readonly Told[] {
  if (entry.alternatives.length === 0) return [];
  const { cheapest, chosen } = pricedChoice(entry);
  return [
    {
      caption: 'For the peak of the lead window alone, idle units + penalty × missing units:',
      columns: [right('capacity'), right('carries the peak'), right('expected price'), left('remark')],
      rows: entry.alternatives.map((one) => [
        number(one.target),
        percent(one.coverage, 1),
        fixed(one.expectedPrice, 2),
        [...(one === chosen ? ['chosen'] : []), ...(one === cheapest ? ['cheapest'] : [])].join(', '),
      ]),
    },
  ];
}
