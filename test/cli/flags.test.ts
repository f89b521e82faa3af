import { describe, expect, it } from '@jest/globals';
import { parseDuration, parsePositiveDuration, sayDuration } from '../../cli/duration.ts';
import { isoOf, parseMoment } from '../../cli/moment.ts';
import { parseNotNegative, parsePositive } from '../../cli/number.ts';
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
    expect(parseDuration(text, '--boot')).toBe(seconds);
  });

  it.each([
    { case: 'a word', text: 'soon' },
    { case: 'an unknown unit', text: '3w' },
    { case: 'a negative number', text: '-5m' },
    { case: 'an empty text', text: '' },
    { case: 'a hexadecimal number', text: '0x10' },
  ])('refuses $case and names the flag and what was given', ({ text }) => {
    expect(() => parseDuration(text, '--boot')).toThrow(BadInputError);
    expect(() => parseDuration(text, '--boot')).toThrow(`--boot: "${text}"`);
  });

  it('refuses no time at all where some is needed', () => {
    expect(() => parsePositiveDuration('0m', '--for')).toThrow('--for: "0m" is no time at all');
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
    expect(parsePositive('2.5', '--mean')).toBe(2.5);
    expect(parseNotNegative('0', '--penalty')).toBe(0);
  });

  it.each([
    { case: 'text', text: 'many' },
    { case: 'nothing', text: ' ' },
    { case: 'zero', text: '0' },
    { case: 'infinity', text: 'Infinity' },
    { case: 'not a number', text: 'NaN' },
  ])('refuses $case where a positive number is needed', ({ text }) => {
    expect(() => parsePositive(text, '--mean')).toThrow(`--mean: "${text}" is not a number greater than 0`);
  });

  it('refuses a negative number where zero is the least', () => {
    expect(() => parseNotNegative('-1', '--penalty')).toThrow('--penalty: "-1" is not a number of at least 0');
  });
});
