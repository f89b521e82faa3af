import { randomUUID } from 'node:crypto';
import type { AwsRefusal } from '../../../models/simulate/environment/aws-refusals.ts';
import type { GatedService, WireAnswer } from './wire.ts';

/** The AWS Query protocol as far as the gate speaks it: form in, XML out. */

const NAMESPACE = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';
const XML = { 'content-type': 'text/xml' };
const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
] as const;

const escapeXml = (text: string): string =>
  ENTITIES.reduce((escaped, [plain, entity]) => escaped.replaceAll(plain, entity), text);

const unescapeXml = (text: string): string =>
  ENTITIES.toReversed().reduce((plain, [character, entity]) => plain.replaceAll(entity, character), text);

/** One element with escaped text; nothing at all for an absent value. */
export const element = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

/** The answer of an Auto Scaling operation with the given inner XML as its result. */
export const resultAnswer = (action: string, inner: string): WireAnswer => ({
  status: 200,
  headers: XML,
  body:
    `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${inner}</${action}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
});

/** A refusal in the shape that the SDK's Query (Auto Scaling) or EC2 protocol parses. */
export const refusalXml = (refusal: AwsRefusal, service: GatedService): WireAnswer => {
  const id = randomUUID();
  const code = element('Code', refusal.code) + element('Message', refusal.message);
  const body =
    service === 'ec2'
      ? `<Response><Errors><Error>${code}</Error></Errors><RequestID>${id}</RequestID></Response>`
      : `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${refusal.status < 500 ? 'Sender' : 'Receiver'}</Type>${code}</Error>` +
        `<RequestId>${id}</RequestId></ErrorResponse>`;
  return { status: refusal.status, headers: { ...XML, 'x-amzn-requestid': id }, body };
};

/** Text of the first element of that name; undefined when there is none. For flat answers only, not a general parser. */
export const textOf = (xml: string, name: string): string | undefined => {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? undefined : unescapeXml(text);
};

/** Texts of every element of that name, in order. */
export const textsOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => unescapeXml(text ?? ''));

/** Values of `prefix.member.1`, `prefix.member.2`, … up to the first that is missing. */
export const members = (form: URLSearchParams, prefix: string): readonly string[] => {
  const values: string[] = [];
  for (let value = form.get(`${prefix}.member.1`); value !== null; ) {
    values.push(value);
    value = form.get(`${prefix}.member.${values.length + 1}`);
  }
  return values;
};

/** A whole number of the form; undefined when absent or not a number. */
export const integerOf = (form: URLSearchParams, name: string): number | undefined => {
  const text = form.get(name);
  return text === null || !/^-?\d+$/.test(text) ? undefined : Number(text);
};

/** An ISO-8601 stamp of the form in epoch milliseconds; undefined when absent or unreadable. */
export const instantOf = (form: URLSearchParams, name: string): number | undefined => {
  const stamp = Date.parse(form.get(name) ?? '');
  return Number.isNaN(stamp) ? undefined : stamp;
};
