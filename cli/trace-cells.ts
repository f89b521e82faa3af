/**
 * ISO-8601 date or date and time, seconds and zone optional; without a zone the stamp is UTC. A space may stand for the T.
 */
const ISO =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-][01]\d(?::?[0-5]\d)?)?)?$/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Beyond this many seconds (year 5138) a number is surely milliseconds. */
const MOST_EPOCH_SECONDS = 1e11;

/** What a stamp of the column `timestamp` may look like, for messages. */
export const STAMP_FORMS = 'ISO-8601 (1995-07-01T00:00:00Z) or seconds since 1970';

/** Reads ISO-8601 or epoch seconds as epoch milliseconds; NaN when it is neither. */
export function parseStamp(text: string): number {
  if (ISO.test(text)) return isDay(text) ? Date.parse(isPlain(text) ? text : spelledOut(text)) : Number.NaN;
  const seconds = parseNumber(text);
  return Math.abs(seconds) < MOST_EPOCH_SECONDS ? seconds * 1000 : Number.NaN;
}

/** Date.parse takes 31 April for 1 May: the day must exist in its month. */
function isDay(text: string): boolean {
  if (text[8]! < '2') return true;
  const day = Number(text.slice(8, 10));
  return day <= 28 || day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}

/** Whether an ISO stamp is written in the form that Date.parse takes as it is, whole seconds being the usual case. */
function isPlain(text: string): boolean {
  const tail = text.slice(19);
  return text[10] === 'T' && (tail === 'Z' || (tail.length === 6 && tail[3] === ':'));
}

/** The same stamp with T, decimal point and a full zone; UTC when it names none. */
function spelledOut(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`;
  const utc = text.toUpperCase().replace(' ', 'T').replace(',', '.');
  if (!/(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(utc.slice(16))) return `${utc}Z`;
  return utc.replace(/([+-]\d\d)(\d\d)?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`);
}

/** Reads seconds from the start of a trace as milliseconds; NaN when it is not a finite number. */
export const parseOffset = (text: string): number => parseNumber(text) * 1000;

/** Reads a decimal number; NaN when the text is anything else, Infinity when it is too large to be held. */
export const parseNumber = (text: string): number => (NUMBER.test(text) ? Number(text) : Number.NaN);

/**
 * What a file holds, for messages: cut to a length, and what steers a terminal written out, since a file may hold
 * anything.
 */
export function shownCell(text: string, length: number): string {
  const plain = text
    .slice(0, length + 1)
    .replace(/\p{C}/gu, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
  return plain.length > length ? `${plain.slice(0, length)}…` : plain;
}
