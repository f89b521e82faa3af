import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { autoScalingGate } from './auto-scaling.ts';
import type { SeenCall } from './calls.ts';
import { callLog } from './calls.ts';
import { gateClock } from './clock.ts';
import { cloudWatchGate, refusalJson } from './cloudwatch.ts';
import { answerControl } from './control.ts';
import type { Fault } from './faults.ts';
import { faultQueue } from './faults.ts';
import type { Upstream } from './forward.ts';
import { refusalXml, textOf } from './query-xml.ts';
import { emptySchedule } from './schedule.ts';
import type { WireAnswer, WireRequest } from './wire.ts';
import { jsonAnswer, readBody, readCall, sendAnswer } from './wire.ts';

/** What the gate needs: the two emulators, and optionally another source of real time. */
export interface GateOptions {
  /** Auto Scaling and EC2. */
  readonly compute: Upstream;
  /** CloudWatch. */
  readonly metrics: Upstream;
  /** Clears the compute emulator; called by `reset`. */
  readonly resetCompute?: () => Promise<void>;
  /** @default Date.now */
  readonly realNowMs?: () => number;
}

/** A running gate. Instants in epoch ms. */
export interface Gate {
  /** `http://127.0.0.1:port`: endpoint of Auto Scaling, EC2 and CloudWatch, and of `/_prescale/…`. */
  readonly url: string;
  nowMs(): number;
  /** Stops the clock at an instant and runs what came due by then; null hands the clock back to the machine. */
  setNow(nowMs: number | null): Promise<void>;
  addFault(fault: Partial<Fault> & Pick<Fault, 'action'>): void;
  calls(filter?: { readonly action?: string; readonly group?: string }): readonly SeenCall[];
  /** Forgets schedules, faults, calls and cooldowns, frees the clock, and clears the compute emulator. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** One call at a time per key, in order of arrival: a check and the write that it allows must not be split. */
const turnstile = () => {
  const tails = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work, work);
    tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === turn) tails.delete(key);
    }
  };
};

const outcomeOf = ({ status, body, headers }: WireAnswer): string => {
  if (status < 300) return 'ok';
  const query = headers['x-amzn-query-error']?.split(';')[0];
  return query ?? textOf(body.toString(), 'Code') ?? `HTTP ${status}`;
};

/** Starts a gate on a free port of 127.0.0.1. Throws when no port can be had. */
export const startGate = async (options: GateOptions): Promise<Gate> => {
  const clock = gateClock(options.realNowMs);
  const [schedule, faults, calls, inTurn] = [emptySchedule(), faultQueue(), callLog(), turnstile()];
  const autoScaling = autoScalingGate({ upstream: options.compute, clock, schedule });
  const cloudWatch = cloudWatchGate(options.metrics, clock);

  const fireDue = async (): Promise<void> => {
    for (const due of schedule.takeDue(clock.nowMs())) {
      const answer = await inTurn(`${due.region}/${due.group}`, () => autoScaling.fire(due));
      const parameters = {
        ScheduledActionName: due.action.name,
        StartTime: new Date(due.action.startMs).toISOString(),
      };
      const settled = answer === 'suspended' ? answer : outcomeOf(answer);
      const outcome = settled === 'ok' ? 'fired' : settled;
      calls.record({
        atMs: clock.nowMs(),
        service: 'autoscaling',
        action: 'ScheduledAction',
        group: due.group,
        parameters,
        outcome,
      });
    }
  };

  const pass = (call: WireRequest, form: URLSearchParams): Promise<WireAnswer> => {
    if (call.service === 'monitoring') return cloudWatch(call);
    if (call.service === 'ec2') return options.compute(call);
    const group = form.get('AutoScalingGroupName');
    const answer = () => autoScaling.answer(call, form);
    return group === null ? answer() : inTurn(`${call.region}/${group}`, answer);
  };

  /** Null: the connection breaks instead of an answer. */
  const answerCall = async (call: WireRequest): Promise<WireAnswer | null> => {
    const form = new URLSearchParams(call.service === 'monitoring' ? '' : call.body.toString('utf8'));
    const parameters = Object.fromEntries(form);
    const { service, action } = call;
    const record = (outcome: string) => {
      const group = form.get('AutoScalingGroupName');
      calls.record({ atMs: clock.nowMs(), service, action, group, parameters, outcome });
    };
    const effect = await faults.meet(action);
    if (effect.kind === 'reset') record('reset');
    if (effect.kind === 'reset') return null;
    const refuse =
      service === 'monitoring'
        ? refusalJson
        : (refusal: Parameters<typeof refusalXml>[0]) => refusalXml(refusal, service);
    const answer = effect.kind === 'refuse' ? refuse(effect.refusal) : await pass(call, form);
    record(effect.kind === 'lost' ? 'lost' : outcomeOf(answer));
    return effect.kind === 'lost' ? null : answer;
  };

  const setNow = async (nowMs: number | null): Promise<void> => {
    clock.set(nowMs);
    await fireDue();
  };

  const reset = async (): Promise<void> => {
    schedule.clear();
    faults.clear();
    calls.clear();
    autoScaling.clear();
    clock.set(null);
    await options.resetCompute?.();
  };

  const controls = { nowMs: clock.nowMs, setNow, reset, faults, calls };

  const serve = async (incoming: IncomingMessage): Promise<WireAnswer | null> => {
    const url = new URL(incoming.url ?? '/', 'http://gate');
    if (url.pathname.startsWith('/_prescale/')) {
      const body = (await readBody(incoming)).toString('utf8');
      return answerControl(controls, { method: incoming.method ?? 'GET', url, body });
    }
    const call = await readCall(incoming);
    if (call !== null) return answerCall(call);
    return jsonAnswer(400, {
      error: 'the gate serves signed calls of Auto Scaling, EC2 and CloudWatch, and /_prescale/',
    });
  };

  const handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    serve(incoming).then(
      (answer) => (answer === null ? incoming.socket.destroy() : sendAnswer(response, answer)),
      (error: unknown) =>
        sendAnswer(response, jsonAnswer(502, { error: `the emulator behind the gate failed: ${String(error)}` })),
    );
  };

  const server = createServer({ keepAliveTimeout: 120_000 }, handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  // Real time passes by itself; a stopped clock has nothing new to fire.
  const timer = setInterval(
    () => void fireDue().catch((error: unknown) => console.error('scheduled action failed:', error)),
    1000,
  );
  timer.unref();

  return {
    url: `http://127.0.0.1:${port}`,
    nowMs: clock.nowMs,
    setNow,
    addFault: (fault) => faults.add({ times: 1, delayMs: 0, ...fault }),
    calls: (filter) => calls.list(filter),
    reset,
    stop: async () => {
      clearInterval(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
