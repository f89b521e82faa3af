import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { ensurePython, PythonError } from '../../tools/emulator/python.ts';
import { ROOT } from '../scaling/series.ts';

const FOLDER = path.join(import.meta.dirname, 'python');

/** Hours that models of other libraries are fitted to: four weeks say what a day and a week are, at a cost that can be borne. */
export const RIVAL_HOURS = 28 * 24;

/** Hours that are known, oldest first, and how many after them are wanted. */
export interface PathTask {
  readonly hours: Float64Array;
  readonly steps: number;
}

/** Hours that become known one after the other from `first` on, and how many hours ahead each of them is to be forecast. */
export interface WalkTask {
  readonly hours: Float64Array;
  readonly first: number;
  readonly leads: readonly number[];
}

/** What is asked: paths, or walks whose models see at most so many hours. */
export type RivalQuestion =
  | { readonly paths: readonly PathTask[] }
  | { readonly walks: readonly WalkTask[]; readonly most: number };

/** What a model answered to one task: one path, or for each lead a forecast an origin. Undefined where it failed. */
export interface RivalAnswer {
  readonly forecasts: readonly Float64Array[] | undefined;
  /** CPU. */
  readonly seconds: number;
}

/** A model of another library, and its answer to each task. */
export interface Rival {
  readonly name: string;
  readonly answers: readonly RivalAnswer[];
}

const ANSWER = z.object({ forecasts: z.array(z.array(z.number())).nullable(), seconds: z.number() });
const ANSWERS = z.record(z.string(), z.array(ANSWER));

/** What stands in a page where the other libraries could not be run. */
export const WITHOUT_PYTHON = 'Absent: Python 3.10 or later, without which statsforecast and Prophet do not run.';

/**
 * The interpreter that has statsforecast and Prophet: makes a virtual environment of half a gigabyte under .cache/ the first
 * time. Refuses in words where there is no Python 3.10 with venv, or its packages cannot be installed.
 */
export async function rivalPython(ensure = ensurePython): Promise<Result<string, string>> {
  try {
    const { python } = await ensure({
      directory: path.join(ROOT, '.cache/bench-python'),
      requirements: path.join(FOLDER, 'requirements.txt'),
      notice: () => process.stderr.write('making the Python environment of the bench (once, a minute or two)\n'),
    });
    return accept(python);
  } catch (error) {
    if (error instanceof PythonError) return refuse(error.message);
    throw error;
  }
}

/**
 * The models of statsforecast and Prophet on these tasks, one after the other in one process. Throws where the script ends
 * badly. Cost: about a second a task of 28 days; two a day of a walk.
 */
export async function askRivals(python: string, question: RivalQuestion): Promise<readonly Rival[]> {
  const script = path.join(FOLDER, 'rivals.py');
  const text = await said(python, script, JSON.stringify(question, plainArrays));
  return Object.entries(ANSWERS.parse(JSON.parse(text))).map(([name, answers]) => ({
    name,
    answers: answers.map(({ forecasts, seconds }) => ({
      forecasts: forecasts?.map((one) => Float64Array.from(one)),
      seconds,
    })),
  }));
}

const plainArrays = (_: string, value: unknown): unknown => (value instanceof Float64Array ? Array.from(value) : value);

/** What a script prints when it is given this. Throws when it ends with another status than 0. */
const said = (python: string, script: string, input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${script} ended with ${code}`))));
    child.stdin.end(input);
  });
