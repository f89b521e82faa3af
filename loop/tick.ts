import { codeOf, ScalerError } from '../models/kernel/errors.ts';
import { act, type Effect } from './act.ts';
import { ask } from './ask.ts';
import { askToLearn } from './ask-to-learn.ts';
import { confirmed, recollect } from './confirm.ts';
import { learnLaunches } from './learn-launches.ts';
import { type DecisionEntry, isIdle, type OutcomeEntry } from './ledger.ts';
import { nextState } from './next-state.ts';
import { tell } from './notices.ts';
import { observe, type Sighting } from './observe.ts';
import type { Ports, TickMessage } from './ports.ts';
import { entryOf, type Thought } from './record.ts';
import { refuseInput } from './refuse-input.ts';
import { inputsText } from './replay-inputs.ts';
import { asFound, GIVEN_UP, resumed } from './resume.ts';
import { tellRival } from './rival.ts';
import type { RuntimeState } from './runtime-state.ts';
import { recordSuperseded, SUPERSEDED } from './superseded.ts';
import { concluded, draft } from './think.ts';
import type { Delivery, TickOutcome, TickSettings } from './tick-contract.ts';

export type { Delivery, FleetLimits, TickOutcome, TickSettings } from './tick-contract.ts';

/** What acting takes, in milliseconds; with less time left the tick is handed back untouched. */
const TIME_TO_ACT_MS = 5000;

/**
 * One turn of the control loop for a batch of groups: observe → clean → forecast → decide → guard → act → record → learn.
 * The Lambda, the simulator, the backtest and the demo all run this function with other ports. Groups of a batch share
 * the reading; after that each goes its own way, and what fails in one never touches another.
 */
export async function tick(
  deliveries: readonly Delivery[],
  ports: Ports,
  settings: TickSettings,
): Promise<readonly TickOutcome[]> {
  const sightings = await observe(deliveries, ports, settings);
  return Promise.all(sightings.map((sighting) => settleOne(sighting, { ports, settings })));
}

interface Room {
  readonly ports: Ports;
  readonly settings: TickSettings;
}

async function settleOne(sighting: Sighting, room: Room): Promise<TickOutcome> {
  const { message } = sighting.delivery;
  try {
    switch (sighting.kind) {
      case 'seen':
        return await turn(sighting, room);
      case 'bad-input':
        return await recordRefusal(sighting, room);
      case 'ahead':
        room.ports.telemetry.failure(message.group, 'AHEAD_OF_CLOCK');
        return outcome(message, 'ahead', sighting.reason);
      case 'leased':
        return sighting.refusal.kind === 'superseded'
          ? await superseded(message, room)
          : { ...outcome(message, 'leased', `leased by ${sighting.refusal.holder}`), retry: true };
      case 'failed':
        return failed(message, sighting.error, room.ports);
    }
  } catch (error) {
    return failed(message, error, room.ports);
  }
}

/** Stages two to eight of one group. */
async function turn(sighting: Extract<Sighting, { kind: 'seen' }>, room: Room): Promise<TickOutcome> {
  const { ports, settings } = room;
  const { delivery, inputs: found, settled } = sighting;
  const { holder, message } = delivery;
  if (found.state.lastAsOfMs >= message.asOfMs) return duplicate(delivery, found.state, ports);
  const inputs = { ...found, state: await recollect({ ...found, settled }, ports) };

  const sketch = draft(inputs); // clean → forecast → decide → guard
  const answers = await ask(inputs, sketch, { ports, message, fleet: settings.fleet });
  const fresh = concluded(inputs, sketch, answers);

  const address = settings.keepInputs === false ? null : await ports.archive.put(inputsText(inputs, answers));
  const entry = entryOf(inputs, fresh, { message, version: settings.version, inputs: address });
  const standing = await ports.ledger.intend(entry, { outcome: known(message, fresh), confirm: confirmed(inputs) });
  // After a crash between intent and effect, the intent that stands is carried out, not a newer one.
  const intent = standing.decision;
  const thought = standing.written ? fresh : resumed(inputs, { fresh, ruling: sketch.ruling }, intent);
  const due = thought.settlement.status === 'act';
  if (due && settings.remainingMs() < TIME_TO_ACT_MS) throw new TimeShortError('too little time left to act safely');

  const { action } = thought.settlement;
  const effect = due ? await act(message.group, action, { actor: ports.actor, owner: settings.owner }) : undefined;
  const result = resultOf(message, intent, { thought, effect });
  if (standing.outcome === undefined) await ports.ledger.conclude(result);
  ports.telemetry.tick(intent, result);
  const learned = await askToLearn(inputs, fresh.doubt, ports);
  const before = asFound(inputs, intent);
  const launched = await learnLaunches(before, ports);
  const told = await tell(inputs, { thought, effect }, ports);
  const rival = await tellRival(inputs, thought.answers, ports);
  const next = nextState(before, thought, effect);
  await ports.runtime.commit(message.group, holder, { ...next, ...learned, ...launched, ...told, ...rival });
  return outcome(message, result.status, result.reasons.join('; '));
}

/** Gives the lease back and leaves everything as it is. */
async function duplicate({ holder, message }: Delivery, state: RuntimeState, ports: Ports): Promise<TickOutcome> {
  await ports.runtime.commit(message.group, holder, state);
  return outcome(message, 'duplicate', 'this tick has already been carried out');
}

/** What comes of a thought by which nothing is to be done; undefined where its outcome is still to be seen. */
function known(message: TickMessage, thought: Thought): OutcomeEntry | undefined {
  const { status, action } = thought.settlement;
  return status === 'act' ? undefined : resultOf(message, { action }, { thought, effect: undefined });
}

const resultOf = (
  { group, asOfMs }: TickMessage,
  { action }: Pick<DecisionEntry, 'action'>,
  { thought, effect }: { readonly thought: Thought; readonly effect: Effect | undefined },
): OutcomeEntry => ({
  group,
  asOfMs,
  status: statusOf(thought, effect),
  reasons: effect?.reasons ?? (isIdle(action) ? [] : [GIVEN_UP]),
});

function statusOf({ settlement }: Thought, effect: Effect | undefined): OutcomeEntry['status'] {
  if (effect !== undefined) return effect.done ? 'acted' : 'refused';
  if (settlement.status === 'record') return 'recorded';
  return settlement.status === 'refuse' ? 'refused' : 'held';
}

/** Records that a group or policy cannot be used. */
async function recordRefusal(sighting: Extract<Sighting, { kind: 'bad-input' }>, room: Room): Promise<TickOutcome> {
  const { delivery, state, reason } = sighting;
  const { message, holder } = delivery;
  if (state.lastAsOfMs >= message.asOfMs) return duplicate(delivery, state, room.ports);
  await room.ports.runtime.commit(message.group, holder, await refuseInput(sighting, room));
  return outcome(message, 'refused', reason);
}

async function superseded(message: TickMessage, { ports, settings }: Room): Promise<TickOutcome> {
  await recordSuperseded(message, ports, settings.version);
  return outcome(message, 'superseded', SUPERSEDED);
}

class TimeShortError extends ScalerError {
  override readonly code = 'TIME_SHORT';
  override readonly retryable = true;
}

function failed(message: TickMessage, error: unknown, ports: Ports): TickOutcome {
  ports.telemetry.failure(message.group, codeOf(error));
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { ...outcome(message, 'failed', reason), retry: true };
}

const outcome = (message: TickMessage, status: TickOutcome['status'], reason: string): TickOutcome => ({
  group: message.group,
  asOfMs: message.asOfMs,
  status,
  retry: false,
  reason,
});
