import { describe, expect, it } from '@jest/globals';
import { desiredRefused, floorRaiseRefused, refusedForGood } from '../../loop/admission.ts';
import { units } from '../../models/kernel/units.ts';
import { snapshot, surroundings } from './fixtures.ts';

describe('refusedForGood', () => {
  it.each([
    {
      case: 'another Prescale',
      tags: { 'prescale:owner': 'controller-b' },
      says: 'owned by the controller "controller-b"',
    },
    { case: 'Cluster Autoscaler', tags: { 'k8s.io/cluster-autoscaler/enabled': 'true' }, says: 'Cluster Autoscaler' },
    { case: 'Karpenter', tags: { 'karpenter.sh/nodepool': 'x' }, says: 'Karpenter' },
    { case: 'EKS', tags: { 'eks:cluster-name': 'x' }, says: 'EKS' },
    { case: 'an ECS capacity provider', tags: { AmazonECSManaged: '' }, says: 'an ECS capacity provider' },
    { case: 'Beanstalk', tags: { 'elasticbeanstalk:environment-name': 'x' }, says: 'Elastic Beanstalk' },
  ])('refuses a group of $case and names it', ({ tags, says }) => {
    expect(refusedForGood(snapshot({ tags }), 'controller-a', units(2))).toContain(says);
  });

  it('refuses a group without room, saying what is needed', () => {
    const said = refusedForGood(snapshot({ minSize: units(4), maxSize: units(4) }), 'controller-a', units(4));
    expect(said).toBe('MinSize = MaxSize = 4: there is no room to scale, raise MaxSize');
  });

  it('does not take the floor that it has raised to MaxSize itself for a group without room', () => {
    const raised = snapshot({ minSize: units(4), maxSize: units(4) });
    expect(refusedForGood(raised, 'controller-a', units(2))).toBeUndefined();
  });

  it('takes a group of its own, or of nobody', () => {
    expect(
      refusedForGood(snapshot({ tags: { 'prescale:owner': 'controller-a' } }), 'controller-a', units(2)),
    ).toBeUndefined();
    expect(refusedForGood(snapshot({ tags: {} }), 'controller-a', units(2))).toBeUndefined();
  });
});

describe('floorRaiseRefused', () => {
  it.each([
    {
      case: 'scheduled actions are suspended',
      group: snapshot({ suspendedProcesses: ['ScheduledActions'] }),
      around: surroundings(),
      says: "dead-man's switch could not fire",
    },
    {
      case: 'launching is suspended',
      group: snapshot({ suspendedProcesses: ['Launch'] }),
      around: surroundings(),
      says: 'nothing would start',
    },
    {
      case: 'nothing would ever scale in',
      group: snapshot(),
      around: surroundings({ hasScaleInPolicy: false }),
      says: 'needs a scaling policy that scales in',
    },
  ])('refuses when $case', ({ group, around, says }) => {
    expect(floorRaiseRefused(group, around)).toContain(says);
  });

  it('lets a raise pass otherwise', () => {
    expect(floorRaiseRefused(snapshot(), surroundings())).toBeUndefined();
  });
});

describe('desiredRefused', () => {
  it('refuses beside a policy that scales in, because the two would undo each other', () => {
    expect(desiredRefused(snapshot(), surroundings())).toContain('the two would undo each other');
  });

  it('lets a change pass where nothing else scales in', () => {
    expect(desiredRefused(snapshot(), surroundings({ hasScaleInPolicy: false }))).toBeUndefined();
  });
});
