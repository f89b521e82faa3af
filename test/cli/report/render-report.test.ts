import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { PAGE_SCRIPT } from '../../../cli/report/page-script.ts';
import { renderReport } from '../../../cli/report/render-report.ts';
import type { DayReport } from '../../../cli/report/report-data.ts';
import { reportFromLedger } from '../../../cli/report/report-from-ledger.ts';
import { entry, record, web } from '../ledger-records.ts';
import { attributeValues, markupProblems } from '../page/markup-problems.ts';
import { dayReport } from './day-report-builder.ts';

const HOSTILE = `<script>alert("1")</script>'&\u0000 javascript:alert(2)`;

const day = dayReport(48);
const page = renderReport(day);

const bare: DayReport = {
  ...day,
  steps: [],
  records: [],
  arms: [],
  headline: null,
  notes: [],
  penalty: null,
  level: null,
};

const hostile: DayReport = {
  ...day,
  title: HOSTILE,
  group: HOSTILE,
  policy: { name: HOSTILE, mode: 'floor', unit: HOSTILE },
  notes: [HOSTILE],
  arms: day.arms.map((arm) => ({ ...arm, name: HOSTILE })),
  records: [
    {
      ...record({
        group: { ...web, name: HOSTILE },
        decision: { target: entry().decision!.target, rule: 'newsvendor', reasons: [HOSTILE, HOSTILE] },
        inputs: HOSTILE,
      }),
      outcome: { group: web, asOfMs: 0, status: 'refused', reasons: [HOSTILE] },
    },
    record({ asOfMs: entry().asOfMs + 300_000, forecast: { kind: 'refused', reason: HOSTILE }, decision: null }),
  ],
};

const blankSteps: DayReport = {
  ...day,
  steps: day.steps.map((step, i) => ({
    ...step,
    load: Number.NaN,
    need: i % 2 === 0 ? null : Number.POSITIVE_INFINITY,
    ready: Number.NaN,
  })),
  records: day.records.map(({ decision, ...rest }) => ({
    ...rest,
    decision:
      decision.forecast.kind === 'forecast'
        ? { ...decision, forecast: { ...decision.forecast, quantiles: [Number.NaN], loadAtLevel: Number.NaN } }
        : decision,
  })),
};

const kinds = [
  { case: 'a whole day', data: day },
  { case: 'nothing at all', data: bare },
  { case: 'one decision', data: { ...day, records: day.records.slice(0, 1) } },
  { case: 'one step and one decision', data: dayReport(2) },
  { case: 'a ledger alone', data: reportFromLedger(day.records) },
  {
    case: 'a tick that saw nothing',
    data: reportFromLedger([record({ load: null, groupFound: null, decision: null, alternatives: [] })]),
  },
  { case: 'names and reasons that try to be HTML', data: hostile },
  { case: 'steps and quantiles that are not numbers', data: blankSteps },
];

describe('a report', () => {
  it.each(kinds)('is sound HTML for $case', ({ data }) => {
    expect(markupProblems(renderReport(data))).toEqual([]);
  });

  it.each(kinds)('asks for nothing outside itself for $case', ({ data }) => {
    const text = renderReport(data);
    expect(text).not.toMatch(/https?:|\ssrc=|\shref=|@import/);
    expect(attributeValues(text, 'clip-path').every((value) => value.startsWith('url(#'))).toBe(true);
  });

  it.each(kinds)('draws only finite coordinates for $case', ({ data }) => {
    const text = renderReport(data);
    const drawn = ['d', 'x', 'y', 'data-v1', 'data-t0', 'data-fan', 'data-window'].flatMap((name) =>
      attributeValues(text, name),
    );
    expect(drawn.filter((value) => /NaN|Infinity|undefined|null/.test(value))).toEqual([]);
  });

  it.each(kinds)('has each id once, and every reference meets one, for $case', ({ data }) => {
    const text = renderReport(data);
    const ids = attributeValues(text, 'id');
    const references = ['aria-labelledby', 'aria-controls', 'for'].flatMap((name) => attributeValues(text, name));
    expect(new Set(ids).size).toBe(ids.length);
    expect(references.flatMap((value) => value.split(' ')).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('never lets a name or a reason become markup', () => {
    const text = renderReport(hostile);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(text).not.toContain('\u0000');
  });

  it('permits exactly the script that it carries', () => {
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [policy = ''] = attributeValues(page, 'content').filter((value) => value.startsWith('default-src'));
    expect(script).toBe(PAGE_SCRIPT);
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(() => new Script(script)).not.toThrow();
  });

  it('needs no style attribute, which its own policy would refuse', () => {
    expect(attributeValues(page, 'style')).toEqual([]);
    expect(page).not.toMatch(/\son\w+="/);
  });

  it('shows every decision once, with its rule and every reason in order', () => {
    expect(page.match(/<tr class="row/g)).toHaveLength(day.records.length);
    for (const { decision } of day.records) {
      const said = decision.decision!.reasons.map((reason) => `<li>${reason.replaceAll("'", '&#39;')}</li>`).join('');
      expect(page).toContain(`<ol>${said}</ol>`);
    }
  });

  it('gives the same bytes for the same data', () => {
    expect(renderReport(dayReport(48))).toBe(page);
  });

  it.each([
    { steps: 288, most: 2_000_000 },
    { steps: 1500, most: 10_000_000 },
  ])('stays below $most bytes with $steps steps', ({ steps, most }) => {
    expect(Buffer.byteLength(renderReport(dayReport(steps)))).toBeLessThan(most);
  });

  it.each([
    ['no price', /What it cost and saved is left out/],
    ['no rises', /How often the floor was up in time is left out/],
    ['no arms', /Left out: no other policy was run/],
    ['no decisions', /No decision was recorded/],
    ['no load', /No step with a known load and no forecast/],
    ['no capacity', /No capacity is known/],
  ])('says in a sentence what it leaves out: %s', (_, sentence) => {
    expect(renderReport(bare)).toMatch(sentence);
    expect(page).not.toMatch(sentence);
  });

  it('tells the headline, and the saving against each target tracking', () => {
    const { rises, risesAtOrAbove } = day.headline!;
    expect(page).toContain(`At ${risesAtOrAbove} of ${rises} rises of the need`);
    expect(page).toContain('price, against target tracking 50 %');
    expect(page).toContain('price, against target tracking 70 %');
  });

  it('gives each drawing a title and a description, and each table head cell a scope', () => {
    expect(page.match(/<svg [^>]*role="img"/g)).toHaveLength(2);
    expect(page.match(/<title id=/g)).toHaveLength(2);
    expect(page.match(/<desc id=/g)).toHaveLength(2);
    expect(page).not.toMatch(/<th(?![^>]*scope=)[ >]/);
  });
});
