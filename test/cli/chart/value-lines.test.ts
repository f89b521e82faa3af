import { describe, expect, it } from '@jest/globals';
import { tickLabel } from '../../../cli/chart/value-lines.ts';

describe('the value beside a line', () => {
  it.each([
    { value: 0, text: '0' },
    { value: 0.0005, text: '0.0005' },
    { value: 9500, text: '9500' },
    { value: 10_000, text: '10k' },
    { value: 1_250_000, text: '1250k' },
    { value: 25e6, text: '25M' },
    { value: 10e9, text: '10G' },
    { value: 9e15, text: '9000T' },
  ])('$value is written $text', ({ value, text }) => {
    expect(tickLabel(value)).toBe(text);
  });
});
