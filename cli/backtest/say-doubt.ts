import type { ProblemDoubt } from '../../models/simulate/problem-doubts.ts';
import { number, percent } from '../page/format.ts';

/** A doubt in one sentence; `whereIs` says where a person finds a step of the problem. */
export function sayDoubt(doubt: ProblemDoubt, whereIs: (step: number) => string): string {
  switch (doubt.kind) {
    case 'sized-by-one-step':
      return `${whereIs(doubt.step)} holds ${doubt.load}, ${percent(doubt.share, 1)} of the load that sizes a unit: if that is wrong, every need is; leave its cell empty`;
    case 'mostly-blank':
      return `only ${number(doubt.observed)} of ${number(doubt.scored)} scored steps were observed: a blank one lacks nothing, whatever its capacity`;
    case 'shortage-is-cheap':
      return `a penalty of ${number(doubt.penalty, 3)} makes it cheaper to lack a unit than to have it`;
  }
}
