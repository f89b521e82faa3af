import { BadInputError } from '../models/kernel/errors.ts';

/** eu-west-1, us-gov-east-1, eusc-de-east-1: parts of letters, then a number. Which of them exist, only AWS knows. */
const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;

/** Throws `BadInputError`, naming where it was given, unless the text has the form of a region's name. */
export function requireRegion(text: string, from: string): void {
  if (REGION.test(text)) return;
  throw new BadInputError(`${from}: "${text}" is not an AWS region; a name such as eu-west-1 is needed`);
}

/** Throws `BadInputError`, naming the variable, unless it holds the URL of a web server. */
export function requireEndpoint(text: string, from: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return;
  throw new BadInputError(`${from}: "${text}" is not an endpoint; a URL such as http://127.0.0.1:4566 is needed`);
}

/** What the system says of a host name that nobody has, and of a URL that is none, as a person's mistake; else undefined. */
export function misplaced(error: unknown): BadInputError | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (error.code === 'ERR_INVALID_URL') {
    return new BadInputError('the endpoint is not a URL; see endpoint_url in the profile', {}, { cause: error });
  }
  if (error.code !== 'ENOTFOUND') return undefined;
  const host = 'hostname' in error ? String(error.hostname) : 'the endpoint';
  return new BadInputError(
    `there is no host ${host}: is the region (--region, AWS_REGION) or the endpoint (AWS_ENDPOINT_URL) right, and is this machine online?`,
    { host },
    { cause: error },
  );
}
