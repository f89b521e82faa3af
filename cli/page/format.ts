/** How numbers and times are written for people: grouped digits, UTC, an en dash for what is unknown. Same input, same text. */

export const UNKNOWN = '–';

type Maybe = number | null | undefined;

const isKnown = (x: Maybe): x is number => typeof x === 'number' && Number.isFinite(x);

/** A finite number, or null: how a chart tells a value from a blank. */
export const known = (x: Maybe): number | null => (isKnown(x) ? x : null);

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Beyond it `toFixed` writes powers of ten of its own. */
const GREAT = 1e20;

/** Powers of ten, for what is too great or too small for digits. */
const inPowers = (x: number): string => x.toExponential(3).replace(/^-/, '−').replace('e-', 'e−');

/** Grouped by thousands, with at most `decimals` decimals and no trailing zeros. */
export function number(x: Maybe, decimals = 0): string {
  if (!isKnown(x)) return UNKNOWN;
  if (Math.abs(x) > GREAT) return inPowers(x);
  return signed(x, fixed(Math.abs(x), decimals).replace(/\.0*$|(\.\d*[1-9])0+$/, '$1'));
}

/** With a real minus, and none before nothing. */
const signed = (x: number, text: string): string => (x < 0 && /[1-9]/.test(text) ? `−${text}` : text);

/** Always `decimals` decimals, for columns. */
export const fixed = (x: Maybe, decimals: number): string => {
  if (!isKnown(x)) return UNKNOWN;
  const [whole = '', part] = x.toFixed(decimals).split('.');
  return part === undefined ? grouped(whole) : `${grouped(whole)}.${part}`;
};

/** Four significant digits below 1,000, whole above, powers of ten below a millionth: enough for a load of any size. */
export const load = (x: Maybe): string => {
  if (!isKnown(x)) return UNKNOWN;
  const size = Math.abs(x);
  if (size >= 1000 || Number.isInteger(x)) return number(x);
  return size < 1e-6 ? inPowers(x) : signed(x, fixed(size, 3 - Math.floor(Math.log10(size))));
};

/** A share of 1 in percent. */
export const percent = (share: Maybe, decimals = 0): string =>
  isKnown(share) ? `${number(share * 100, decimals)} %` : UNKNOWN;

/** US dollars, cents below 1,000. */
export const dollars = (x: Maybe): string => (isKnown(x) ? `$${fixed(x, Math.abs(x) < 1000 ? 2 : 0)}` : UNKNOWN);

/** 45 s, 5 min, 1 h 30 min. */
export function duration(seconds: Maybe): string {
  if (!isKnown(seconds)) return UNKNOWN;
  if (seconds < 120 && seconds % 60 !== 0) return `${number(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120 && minutes !== 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

const iso = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : UNKNOWN);

/** 14:05, or 14:05:07 where the seconds are not zero. */
export const clock = (ms: Maybe): string =>
  isKnown(ms) ? iso(ms).slice(11, ms % 60_000 === 0 ? 16 : 19) || UNKNOWN : UNKNOWN;

/** 2026-03-01. */
export const day = (ms: Maybe): string => (isKnown(ms) ? iso(ms).slice(0, 10) : UNKNOWN);

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** 1 Mar 2026. */
export function dayName(ms: Maybe): string {
  const [, year, month, date] = /^([+-]?\d+)-(\d\d)-(\d\d)$/.exec(day(ms)) ?? [];
  if (year === undefined) return UNKNOWN;
  const first = 3 * (Number(month) - 1);
  return `${Number(date)} ${MONTHS.slice(first, first + 3)} ${year}`;
}

/** 1 Mar: where the year stands elsewhere. */
export const dayOfMonth = (ms: Maybe): string => dayName(ms).replace(/ [+-]?\d+$/, '');

/** 2026-03-01 14:05 UTC. */
export const dateTime = (ms: Maybe): string => (isKnown(ms) ? `${day(ms)} ${clock(ms)} UTC` : UNKNOWN);
