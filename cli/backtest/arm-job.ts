import { BadInputError } from '../../models/kernel/errors.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';
import type { ArmInput } from './arm.ts';
import { armNamed } from './arms.ts';

/** One arm on one trace, as plain data that a thread can be sent. */
export interface ArmJob extends Omit<ArmInput, 'onProgress'> {
  readonly arm: string;
}

/** The score, or in words why the arm cannot be replayed on that trace. */
export type ArmAnswer = Result<ScalingScore, string>;

/** What a thread says to whoever gave it a job. */
export type ArmMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'answer'; readonly answer: ArmAnswer };

/** Replays one arm; the same job gives the same answer in whichever thread it runs. Throws what is no refusal. */
export async function runArmJob(job: ArmJob, onProgress: (share: number) => void): Promise<ArmAnswer> {
  try {
    return accept(await armNamed(job.arm).run({ ...job, onProgress }));
  } catch (error) {
    if (error instanceof BadInputError) return refuse(error.message);
    throw error;
  }
}
