import { Command } from 'commander';
import type { Policy } from '../../loop/policy.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { type AwsOptions, openController, withAwsOptions } from '../aws-options.ts';
import { groupNamed } from '../group-lookup.ts';
import { jsonLine } from '../json.ts';
import { isoOf, parseMoment } from '../moment.ts';
import { replaceFile } from '../output/replace-file.ts';
import { requirePlace } from '../output/require-place.ts';
import { recordsFromFile } from '../record-source.ts';
import { renderReport } from '../report/render-report.ts';
import { type LedgerContext, reportFromLedger } from '../report/report-from-ledger.ts';
import type { Shell } from '../shell.ts';

interface ReportOptions extends AwsOptions {
  readonly group?: string;
  readonly from?: string;
  readonly to?: string;
  readonly ledger?: string;
  readonly out: string;
  readonly json?: boolean;
}

interface Found {
  readonly records: readonly LedgerRecord[];
  readonly policy: Policy | undefined;
}

interface Span {
  readonly fromMs: EpochMs | undefined;
  readonly toMs: EpochMs | undefined;
}

const DAY_MS = 86_400_000;

/** A longer period makes a page that no browser likes. */
const MOST_DAYS = 62;

/** `report`: a self-contained page about a group's day. */
export const reportCommand = (shell: Shell): Command =>
  withAwsOptions(new Command('report').summary('write one HTML page about a group’s decisions'))
    .description(
      'Draws load, forecast, capacity and every decision with its reasons into one self-contained HTML file.',
    )
    .option('--group <name>', 'the Auto Scaling group (not needed when --ledger holds only one)')
    .option('--from <time>', 'ISO-8601 (default: a day before --to; with --ledger: its first tick)')
    .option('--to <time>', 'ISO-8601, exclusive (default: now; with --ledger: after its last tick)')
    .option('--ledger <file>', 'an exported ledger, one JSON record a line, instead of the one in AWS')
    .requiredOption('--out <file>', 'where the page goes; an existing file is replaced')
    .option('--json', 'what was written, as JSON alone on standard output')
    .action((options: ReportOptions) => report(options, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale report --group web --from 2026-05-01 --to 2026-05-02 --out web.html\n' +
        '  prescale report --ledger day.jsonl --out day.html',
    );

async function report(options: ReportOptions, shell: Shell): Promise<void> {
  const span = spanOf(options);
  requirePlace('--out', options.out, options.ledger === undefined ? [] : [options.ledger]);
  const { records, policy } =
    options.ledger === undefined
      ? await fromAws(options, span, shell)
      : { records: fromFile(options.ledger, options.group, span), policy: undefined };
  requireDrawable(records);
  const day = reportFromLedger(records, contextOf(policy));
  replaceFile(options.out, renderReport(day));
  const [from, to] = [isoOf(day.period.fromMs), isoOf(day.period.toMs)];
  shell.terminal.out(
    options.json === true
      ? jsonLine({ out: options.out, group: day.group, from, to, decisions: records.length })
      : `${options.out}: ${day.group}, ${records.length} decisions from ${from} to ${to}\n`,
  );
}

function requireDrawable(records: readonly LedgerRecord[]): void {
  const [first, last] = [records[0]!.decision.asOfMs, records[records.length - 1]!.decision.asOfMs];
  if (last - first <= MOST_DAYS * DAY_MS) return;
  throw new BadInputError(
    `the ticks reach from ${isoOf(first)} to ${isoOf(last)}; at most ${MOST_DAYS} days are drawn: choose --from and --to`,
  );
}

/** What the policy adds to what the ledger says. */
const contextOf = (policy: Policy | undefined): LedgerContext => ({
  notes: [
    'Rivals are not priced here: "prescale backtest" replays them on a recorded load.',
    ...(policy === undefined ? ['Made from the ledger alone: boot time and price of a unit are not in it.'] : []),
  ],
  ...(policy === undefined
    ? {}
    : {
        stepSeconds: policy.load.metric.periodSeconds,
        unit: policy.capacity.unit,
        bootSeconds: policy.lead.bootSeconds + policy.lead.readinessSeconds,
        unitHour: policy.price.unitHour,
      }),
});

function spanOf({ from, to }: ReportOptions): Span {
  const fromMs = from === undefined ? undefined : parseMoment(from, '--from');
  const toMs = to === undefined ? undefined : parseMoment(to, '--to');
  if (fromMs === undefined || toMs === undefined || fromMs < toMs) return { fromMs, toMs };
  throw new BadInputError(`--from ${from} is not before --to ${to}`);
}

function fromFile(file: string, group: string | undefined, { fromMs, toMs }: Span): readonly LedgerRecord[] {
  const all = recordsFromFile(file, group);
  const records = all.filter(
    ({ decision: { asOfMs } }) => asOfMs >= (fromMs ?? asOfMs) && asOfMs < (toMs ?? asOfMs + 1),
  );
  if (records.length > 0) return records;
  const [first, last] = [all[0]!.decision.asOfMs, all[all.length - 1]!.decision.asOfMs];
  throw new BadInputError(`${file}: no tick between --from and --to; it holds ${isoOf(first)} to ${isoOf(last)}`);
}

async function fromAws(options: ReportOptions, span: Span, shell: Shell): Promise<Found> {
  if (options.group === undefined) throw new BadInputError('--group NAME is needed, or --ledger FILE');
  const { ports } = await openController(shell, options);
  const group = await groupNamed(options.group, ports);
  const toMs = span.toMs ?? ports.clock.wall();
  const fromMs = span.fromMs ?? instant(toMs - DAY_MS);
  shell.terminal.progress('reading the ledger …');
  const records = await ports.ledger.range(group, { fromMs, toMs });
  const last = records.at(-1);
  if (last === undefined) {
    throw new BadInputError(`no tick of "${group.name}" between ${isoOf(fromMs)} and ${isoOf(toMs)}`);
  }
  const policy = await ports.policies.read(last.decision.policyName);
  return { records, policy: policy.ok ? policy.value : undefined };
}
