import { accept, type Result, refuse } from '../../kernel/result.ts';
import { instant } from '../../kernel/series.ts';
import { checkedShape, type NetworkShape } from '../../neural/network-shape.ts';
import { weightsFromText } from '../../neural/weights-text.ts';
import type { JointModel } from './joint-model.ts';
import { jointInputs } from './joint-view.ts';
import { UNIT_KINDS } from './load-unit.ts';
import { INPUTS } from './load-view.ts';
import type { NetworkModel } from './network-model.ts';
import { BASE_KINDS } from './seasonal-base.ts';

const DAY_MS = 86_400_000;

/** Fields of a document, read one by one: the first that is not what it must be is the fault. */
interface Fields {
  take<T>(name: string, fits: (value: unknown) => value is T, fallback: T): T;
  /** The first fault, a field that nobody took included; undefined when there is none. */
  fault(): string | undefined;
}

function fieldsOf(value: unknown, where: string): Fields {
  const whole = typeof value === 'object' && value !== null && !Array.isArray(value);
  const left = new Map<string, unknown>(whole ? Object.entries(value) : []);
  let fault = whole ? undefined : `${where} is no object`;
  return {
    take(name, fits, fallback) {
      const given = left.get(name);
      left.delete(name);
      if (fits(given)) return given;
      fault ??= `${where}.${name} is ${JSON.stringify(given)?.slice(0, 60)}`;
      return fallback;
    },
    fault() {
      const [unknown] = left.keys();
      return fault ?? (unknown === undefined ? undefined : `${where} has an unknown field "${unknown}"`);
    },
  };
}

const KINDS: readonly NetworkShape['kind'][] = ['lstm', 'transformer'];

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isStep = (value: unknown): value is number => isCount(value) && value > 0 && value <= DAY_MS;
const isText = (value: unknown): value is string => typeof value === 'string';
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isInstant = (value: unknown): value is number => Number.isSafeInteger(value);
const isUnknown = (_value: unknown): _value is unknown => true;

const oneOf =
  <T extends string | number>(known: readonly T[]) =>
  (value: unknown): value is T =>
    known.some((one) => one === value);

const rising = (value: unknown, fits: (one: number) => boolean): value is readonly number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one, i) => typeof one === 'number' && fits(one) && (i === 0 || one > value[i - 1]));

/** Steps ahead: whole, ascending, from 1 on. */
export const areLeads = (value: unknown): value is readonly number[] =>
  rising(value, (lead) => Number.isInteger(lead) && lead >= 1);

/** Levels: in (0, 1), ascending, 0.5 among them. */
export const areLevels = (value: unknown): value is readonly number[] =>
  rising(value, (level) => level > 0 && level < 1) && value.includes(0.5);

/**
 * Reads a document as a trained network. Refuses, with the first reason found, whatever does not fit: another version, an
 * unknown field, a shape that no network has or that does not go with leads and levels, weights of another number.
 */
export function parseNetworkModel(document: unknown): Result<NetworkModel, string> {
  return parsed(document, { inputs: INPUTS, loads: 1 });
}

/** Reads a document as a network for several loads; refuses as `parseNetworkModel` does, and names that are not two or more. */
export function parseJointModel(document: unknown): Result<JointModel, string> {
  if (typeof document !== 'object' || document === null) return refuse('model is no object');
  const { columns, ...rest } = document as { readonly columns?: unknown };
  if (!areColumns(columns)) return refuse(`model.columns is ${JSON.stringify(columns)?.slice(0, 60)}`);
  const model = parsed(rest, { inputs: jointInputs(columns.length), loads: columns.length });
  return model.ok ? accept({ ...model.value, columns }) : model;
}

const areColumns = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 1 && new Set(value).size === value.length && value.every(isText);

/** What a network reads at each step, and how many loads it answers for. */
interface Sides {
  readonly inputs: number;
  readonly loads: number;
}

function parsed(document: unknown, sides: Sides): Result<NetworkModel, string> {
  const fields = fieldsOf(document, 'model');
  const given = {
    version: fields.take('version', oneOf([1]), 1),
    shape: fields.take('shape', isUnknown, undefined),
    stepMs: fields.take('stepMs', isStep, 1),
    leads: fields.take('leads', areLeads, [1]),
    levels: fields.take('levels', areLevels, [0.5]),
    base: fields.take('base', oneOf(BASE_KINDS), 'day'),
    unit: fields.take('unit', oneOf(UNIT_KINDS), 'range'),
    trainedUntilMs: instant(fields.take('trainedUntilMs', isInstant, 0)),
    seed: fields.take('seed', isCount, 0),
    backend: fields.take('backend', isText, ''),
    dataHash: fields.take('dataHash', isHash, ''),
    weights: fields.take('weights', isText, ''),
  };
  const fault = fields.fault();
  if (fault !== undefined) return refuse(fault);
  const shape = shapeOf(given.shape);
  if (!shape.ok) return shape;
  const model: NetworkModel = { ...given, version: 1, shape: shape.value };
  const unfit = misfit(model, sides);
  if (unfit !== undefined) return refuse(unfit);
  const weights = weightsFromText(model.shape, model.weights);
  return weights.ok ? accept(model) : weights;
}

function shapeOf(value: unknown): Result<NetworkShape, string> {
  const fields = fieldsOf(value, 'model.shape');
  const kind = fields.take('kind', oneOf(KINDS), 'lstm');
  const count = (name: string): number => fields.take(name, isCount, 0);
  const ends = { steps: count('steps'), inputs: count('inputs'), outputs: count('outputs') };
  const shape: NetworkShape =
    kind === 'lstm'
      ? { kind, ...ends, hidden: count('hidden') }
      : {
          kind,
          ...ends,
          patch: count('patch'),
          width: count('width'),
          heads: count('heads'),
          blocks: count('blocks'),
          inner: count('inner'),
        };
  const fault = fields.fault();
  return fault === undefined ? checkedShape(shape) : refuse(fault);
}

function misfit({ shape, leads, levels, stepMs }: NetworkModel, { inputs, loads }: Sides): string | undefined {
  if (shape.inputs !== inputs) return `model.shape.inputs is ${shape.inputs}; ${loads} load(s) have ${inputs}`;
  const outputs = loads * leads.length * levels.length;
  if (shape.outputs !== outputs) {
    return `model.shape.outputs is ${shape.outputs}; ${leads.length} leads of ${levels.length} levels need ${outputs}`;
  }
  if (DAY_MS % stepMs !== 0) return `model.stepMs is ${stepMs}, which does not divide a day`;
  const furthest = leads.at(-1) ?? 0;
  return furthest * stepMs <= DAY_MS ? undefined : `model.leads reach ${furthest} steps; a day is the most`;
}
