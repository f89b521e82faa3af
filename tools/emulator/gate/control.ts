import { z } from 'zod';
import type { CallLog } from './calls.ts';
import type { FaultQueue } from './faults.ts';
import { Fault } from './faults.ts';
import type { WireAnswer } from './wire.ts';
import { jsonAnswer } from './wire.ts';

/** What the control endpoints move. */
export interface Controls {
  nowMs(): number;
  setNow(nowMs: number | null): Promise<void>;
  reset(): Promise<void>;
  readonly faults: FaultQueue;
  readonly calls: CallLog;
}

const ClockBody = z.strictObject({ nowMs: z.number().nonnegative().max(8.64e15).nullable() });

/** One call of a control endpoint; body already read. */
export interface ControlCall {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const bad = (error: z.ZodError): WireAnswer => jsonAnswer(400, { error: z.prettifyError(error) });

const setClock = async (controls: Controls, call: ControlCall): Promise<WireAnswer> => {
  const body = ClockBody.safeParse(parseBody(call.body));
  if (!body.success) return bad(body.error);
  await controls.setNow(body.data.nowMs);
  return jsonAnswer(200, { nowMs: controls.nowMs() });
};

const addFault = (controls: Controls, call: ControlCall): WireAnswer => {
  const fault = Fault.safeParse(parseBody(call.body));
  if (!fault.success) return bad(fault.error);
  controls.faults.add(fault.data);
  return jsonAnswer(200, { faults: controls.faults.list() });
};

const listCalls = (controls: Controls, { url }: ControlCall): WireAnswer => {
  const filter = { action: url.searchParams.get('action'), group: url.searchParams.get('group') };
  return jsonAnswer(200, { calls: controls.calls.list(filter) });
};

type Endpoint = (controls: Controls, call: ControlCall) => WireAnswer | Promise<WireAnswer>;

/** `METHOD /path` of every control endpoint. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /_prescale/health': () => jsonAnswer(200, { ok: true }),
  'GET /_prescale/clock': (controls) => jsonAnswer(200, { nowMs: controls.nowMs() }),
  'POST /_prescale/clock': setClock,
  'GET /_prescale/faults': (controls) => jsonAnswer(200, { faults: controls.faults.list() }),
  'POST /_prescale/faults': addFault,
  'DELETE /_prescale/faults': (controls) => {
    controls.faults.clear();
    return jsonAnswer(200, { faults: [] });
  },
  'GET /_prescale/calls': listCalls,
  'DELETE /_prescale/calls': (controls) => {
    controls.calls.clear();
    return jsonAnswer(200, { calls: [] });
  },
  'POST /_prescale/reset': async (controls) => {
    await controls.reset();
    return jsonAnswer(200, { nowMs: controls.nowMs() });
  },
};

/** Answers a control call; 404 with the list of endpoints for anything else under `/_prescale/`. */
export const answerControl = async (controls: Controls, call: ControlCall): Promise<WireAnswer> => {
  const endpoint = ENDPOINTS[`${call.method} ${call.url.pathname}`];
  if (endpoint === undefined) {
    return jsonAnswer(404, { error: `no ${call.method} ${call.url.pathname}`, endpoints: Object.keys(ENDPOINTS) });
  }
  return endpoint(controls, call);
};
