import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTests } from './dead-letters.ts';
import { DeployedStack } from './deployed-stack.ts';
import { canKillFunctions } from './function-processes.ts';
import { findGate, notCovered } from './gate-control.ts';
import { interruptionTests } from './interruptions.ts';
import { scheduleTests } from './schedule.ts';
import { stoppingTests } from './stopping.ts';
import { turnTests } from './turns.ts';

const gate = await findGate();

/**
 * One stack for all of them: deploying it takes as long as all the rest. Every part hands over groups of its own and takes
 * them away again. The schedule comes last, for its minute has mostly passed by then.
 */
describe('the deployed controller', () => {
  let stack: DeployedStack;
  const open = () => stack;
  beforeAll(async () => {
    stack = await DeployedStack.deploy();
  }, 160_000);
  afterAll(() => stack?.close(), 30_000);

  it('is started by EventBridge every minute, as its context asked', async () => {
    expect(await stack.rule()).toMatchObject({ State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' });
    await stack.stopSchedule();
  });

  turnTests(open);
  stoppingTests(open);
  deadLetterTests(open);
  if (gate !== undefined && canKillFunctions) interruptionTests(open, gate);
  else notCovered('a turn that dies half-way', 'faults on the wire and functions that can be killed');
  scheduleTests(open, gate);
});
