import { describe, expect, it } from '@jest/globals';
import { DELAYS, parseDuration, sayDuration } from '../../cli/duration.ts';
import { isoOf, parseMoment } from '../../cli/moment.ts';
import { PENALTIES, parseQuantity } from '../../cli/number.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

describe('durations', () => {
  it.each([
    { case: 'a bare number is seconds', text: '90', seconds: 90 },
    { case: 'seconds', text: '90s', seconds: 90 },
    { case: 'minutes', text: '15m', seconds: 900 },
    { case: 'hours, with a fraction', text: '1.5h', seconds: 5400 },
    { case: 'days', text: '7d', seconds: 604_800 },
    { case: 'nothing at all', text: '0', seconds: 0 },
  ])('reads $case', ({ text, seconds }) => {
    expect(parseDuration(text, '--boot', { least: 0, most: 604_800 })).toBe(seconds);
  });

  it.each([
    { case: 'a word', text: 'soon' },
    { case: 'an unknown unit', text: '3w' },
    { case: 'a negative number', text: '-5m' },
    { case: 'an empty text', text: '' },
    { case: 'a hexadecimal number', text: '0x10' },
    { case: 'more than is permitted', text: '999999999' },
    { case: 'a little more than is permitted', text: '241m' },
  ])('refuses $case and names the flag, what was given and what is permitted', ({ text }) => {
    expect(() => parseDuration(text, '--boot', DELAYS)).toThrow(BadInputError);
    expect(() => parseDuration(text, '--boot', DELAYS)).toThrow(`--boot: "${text}" is not a duration from 0s to 4h;`);
  });

  it('takes both ends of what is permitted, and no time at all only where that is', () => {
    expect([parseDuration('0', '--lag', DELAYS), parseDuration('4h', '--lag', DELAYS)]).toEqual([0, 14_400]);
    expect(() => parseDuration('0m', '--for', { least: 1, most: 3600 })).toThrow(
      '--for: "0m" is not a duration from 1s',
    );
  });

  it.each([
    { seconds: 14_400, said: '4h' },
    { seconds: 5400, said: '90m' },
    { seconds: 86_400, said: '1d' },
    { seconds: 61, said: '61s' },
    { seconds: 0, said: '0s' },
  ])('says $seconds s as $said', ({ seconds, said }) => {
    expect(sayDuration(seconds)).toBe(said);
  });
});

describe('moments', () => {
  it.each([
    { text: '1995-07-03T12:00:00Z', iso: '1995-07-03T12:00:00Z' },
    { text: '1995-07-03T14:00+02:00', iso: '1995-07-03T12:00:00Z' },
    { text: '1995-07-03', iso: '1995-07-03T00:00:00Z' },
  ])('reads $text', ({ text, iso }) => {
    expect(isoOf(parseMoment(text, '--at'))).toBe(iso);
  });

  it.each([
    { case: 'a time without a zone', text: '1995-07-03T12:00:00' },
    { case: 'a day that no calendar has', text: '1995-13-45T00:00:00Z' },
    { case: 'a word', text: 'yesterday' },
    { case: 'an American date', text: '07/03/1995' },
  ])('refuses $case', ({ text }) => {
    expect(() => parseMoment(text, '--at')).toThrow(`--at: "${text}" is not a time`);
  });
});

describe('numbers', () => {
  it('reads numbers as they are written', () => {
    expect(parseQuantity('2.5', '--penalty', PENALTIES)).toBe(2.5);
    expect(parseQuantity('1e6', '--penalty', PENALTIES)).toBe(1_000_000);
  });

  it.each([
    { case: 'text', text: 'many' },
    { case: 'nothing', text: ' ' },
    { case: 'zero', text: '0' },
    { case: 'a negative number', text: '-1' },
    { case: 'less than a trifle', text: '1e-300' },
    { case: 'more than anything costs', text: '1e300' },
    { case: 'infinity', text: 'Infinity' },
    { case: 'not a number', text: 'NaN' },
  ])('refuses $case and names the flag, what was given and what is permitted', ({ text }) => {
    expect(() => parseQuantity(text, '--penalty', PENALTIES)).toThrow(
      `--penalty: "${text}" is not a number from 0.001 to 1000000`,
    );
  });
});
