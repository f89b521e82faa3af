import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTests } from './dead-letters.ts';
import { DeployedStack } from './deployed-stack.ts';
import { endpointKind, notCovered } from './endpoint-kind.ts';
import { gateControl } from './gate-control.ts';
import { interruptionTests } from './interruptions.ts';
import { learningTests } from './learning.ts';
import { scheduleTests } from './schedule.ts';
import { stoppingTests } from './stopping.ts';
import { turnTests } from './turns.ts';

const kind = await endpointKind();

/**
 * One stack for all of them, since deploying it takes a dozen seconds. Every part hands over groups of its own and takes
 * them away again. The schedule comes last, when most of its minute has passed.
 */
function deployedTests(): void {
  let stack: DeployedStack;
  const open = () => stack;
  beforeAll(async () => {
    stack = await DeployedStack.deploy();
  }, 160_000);
  afterAll(() => stack?.close(), 30_000);

  it('is started by EventBridge every minute, as its context asked', async () => {
    const asked = { State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' };
    expect(await stack.scheduleAsDeployed()).toMatchObject(asked);
    expect(await stack.rule()).toMatchObject({ ScheduleExpression: asked.ScheduleExpression });
  });

  turnTests(open);
  stoppingTests(open);

  describe('while its schedule rests', () => {
    beforeAll(() => stack.restSchedule(), 30_000);
    learningTests(open);
    deadLetterTests(open);
    if (kind === 'emulator') interruptionTests(open, gateControl());
    else notCovered('whole', 'a turn that dies half-way', 'faults on the wire and functions that can be killed');
  });

  scheduleTests(open, kind === 'emulator' ? gateControl() : undefined);
}

describe('the deployed controller', () => {
  if (kind === 'split') notCovered(kind, 'everything deployed', 'functions that reach the groups');
  else deployedTests();
});
