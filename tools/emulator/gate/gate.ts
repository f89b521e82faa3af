import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { SeenCall } from './calls.ts';
import { gateClock } from './clock.ts';
import type { Controls } from './control.ts';
import { answerControl } from './control.ts';
import type { Fault } from './faults.ts';
import type { Upstream } from './forward.ts';
import { Router } from './router.ts';
import type { WireAnswer } from './wire.ts';
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

const NOT_OURS = 'the gate serves signed calls of Auto Scaling, EC2 and CloudWatch, and /_prescale/';

const serve = async (incoming: IncomingMessage, router: Router, controls: Controls): Promise<WireAnswer | null> => {
  const url = new URL(incoming.url ?? '/', 'http://gate');
  if (url.pathname.startsWith('/_prescale/')) {
    const body = (await readBody(incoming)).toString('utf8');
    return answerControl(controls, { method: incoming.method ?? 'GET', url, body });
  }
  const call = await readCall(incoming);
  return call === null ? jsonAnswer(400, { error: NOT_OURS }) : router.answer(call);
};

const respond = async (response: ServerResponse, answer: Promise<WireAnswer | null>): Promise<void> => {
  try {
    const settled = await answer;
    if (settled === null) response.destroy();
    else sendAnswer(response, settled);
  } catch (error) {
    sendAnswer(response, jsonAnswer(502, { error: `the emulator behind the gate failed: ${String(error)}` }));
  }
};

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

const close = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
};

/** Starts a gate on a free port of 127.0.0.1. Throws when no port can be had. */
export const startGate = async (options: GateOptions): Promise<Gate> => {
  const clock = gateClock(options.realNowMs);
  const router = new Router({ compute: options.compute, metrics: options.metrics, clock });
  const setNow = async (nowMs: number | null): Promise<void> => {
    clock.set(nowMs);
    await router.fireDue();
  };
  const reset = async (): Promise<void> => {
    router.clear();
    clock.set(null);
    await options.resetCompute?.();
  };
  const controls = { nowMs: clock.nowMs, setNow, reset, faults: router.faults, calls: router.calls };
  const server = createServer({ keepAliveTimeout: 120_000 }, (incoming, response) => {
    void respond(response, serve(incoming, router, controls));
  });
  const url = await listen(server);
  // Real time passes by itself; a stopped clock has nothing new to fire.
  const fire = () => router.fireDue().catch((error: unknown) => console.error('a scheduled action failed:', error));
  const timer = setInterval(() => void fire(), 1000);
  timer.unref();
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await close(server);
  };
  const addFault: Gate['addFault'] = (fault) => router.faults.add({ times: 1, delayMs: 0, ...fault });
  return { url, nowMs: clock.nowMs, setNow, addFault, calls: (filter) => router.calls.list(filter), reset, stop };
};
