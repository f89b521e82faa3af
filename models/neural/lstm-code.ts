import type { LstmShape } from './network-shape.ts';
import {
  addFloats,
  addInt,
  addInts,
  type Code,
  call,
  divFloats,
  floats,
  get,
  int,
  ints,
  load,
  loadSplat,
  loop,
  maxFloats,
  minFloats,
  mulFloats,
  roundFloats,
  set,
  shiftLeft,
  store,
  subFloats,
  toInts,
  type WasmFunction,
  wasmModule,
} from './wasm-code.ts';

/** Bytes of a float, and of four. */
const FLOAT = 4;
const QUAD = 16;
const PAGE = 65_536;

/** Where the module's memory holds what, in bytes. */
export interface LstmPlaces {
  readonly kernel: number;
  readonly recurrent: number;
  readonly bias: number;
  readonly window: number;
  readonly cell: number;
  /** Two states, one read while the other is written. */
  readonly states: readonly [number, number];
  readonly end: number;
}

/** Lays the memory out: the weights as `tensorsOf` has them, then the window and the states. */
export function placesOf({ steps, inputs, hidden }: LstmShape): LstmPlaces {
  let end = 0;
  const place = (count: number): number => {
    const here = end;
    end += Math.ceil((count * FLOAT) / QUAD) * QUAD;
    return here;
  };
  const kernel = place(4 * hidden * inputs);
  const recurrent = place(4 * hidden * hidden);
  const bias = place(4 * hidden);
  const window = place(steps * inputs);
  const cell = place(hidden);
  const states = [place(hidden), place(hidden)] as const;
  return { kernel, recurrent, bias, window, cell, states, end };
}

/**
 * e^x of four floats: 2^n by its exponent's bits, times a Taylor polynomial of degree 6 on the rest, which lies within
 * ± ln 2 / 2: relative error below 3e-7. Parameter 0; local 1: n, 2: the rest.
 */
const EXP: WasmFunction = {
  takes: 'vector',
  ints: 0,
  vectors: 2,
  body: [
    ...[...get(0), ...floats(-87), ...maxFloats, ...floats(87), ...minFloats, ...set(0)],
    ...[...get(0), ...floats(Math.LOG2E), ...mulFloats, ...roundFloats, ...set(1)],
    // ln 2 in two parts, the first with few enough digits that n times it is exact.
    ...[...get(0), ...get(1), ...floats(0.693359375), ...mulFloats, ...subFloats],
    ...[...get(1), ...floats(Math.LN2 - 0.693359375), ...mulFloats, ...subFloats, ...set(2)],
    ...floats(1 / 720),
    ...[1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1].flatMap((c) => [...get(2), ...mulFloats, ...floats(c), ...addFloats]),
    ...[...get(1), ...toInts, ...ints(127), ...addInts, ...int(23), ...shiftLeft, ...mulFloats],
  ],
};

/** 1 / (1 + e^−x). */
const SIGMOID: WasmFunction = {
  takes: 'vector',
  ints: 0,
  vectors: 0,
  body: [...floats(1), ...floats(1), ...floats(0), ...get(0), ...subFloats, ...call(0), ...addFloats, ...divFloats],
};

/** 1 − 2 / (1 + e^2x). */
const TANH: WasmFunction = {
  takes: 'vector',
  ints: 0,
  vectors: 0,
  body: [
    ...[...floats(1), ...floats(2), ...floats(1)],
    ...[...get(0), ...get(0), ...addFloats, ...call(0), ...addFloats, ...divFloats, ...subFloats],
  ],
};

const CALL_SIGMOID = call(1);
const CALL_TANH = call(2);

/** Locals of the run: addresses first, then the sums of the four gates and one vector in passing. */
const [STEP, LAST_STEP, UNIT, LAST_UNIT, FROM, LAST_FROM, ROW, STATE, NEXT] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const GATES = [9, 10, 11, 12] as const;
const PASSING = 13;

const move = (to: number, code: Code): Code => [...code, ...set(to)];
const plus = (a: Code, b: Code): Code => [...a, ...b, ...addInt];

/** Adds to each gate's sum what `count` inputs from the address in local `base` on give it, by the matrix at `matrix`. */
const addInputs = (hidden: number, given: { base: number; matrix: number; count: number }): Code => [
  ...move(FROM, get(given.base)),
  ...move(LAST_FROM, plus(get(given.base), int(given.count * FLOAT))),
  ...move(ROW, plus(get(UNIT), int(given.matrix))),
  ...loop({ pointer: FROM, end: LAST_FROM, stride: int(FLOAT) }, [
    ...move(PASSING, [...get(FROM), ...loadSplat(0)]),
    ...GATES.flatMap((sum, gate) =>
      move(sum, [
        ...get(sum),
        ...[...get(PASSING), ...get(ROW), ...load(gate * hidden * FLOAT), ...mulFloats],
        ...addFloats,
      ]),
    ),
    ...move(ROW, plus(get(ROW), int(4 * hidden * FLOAT))),
  ]),
];

/** Four units of one step: their gates, their cells, their next states. */
function fourUnits({ inputs, hidden }: LstmShape, places: LstmPlaces): Code {
  const [i, f, g, o] = GATES;
  return [
    ...GATES.flatMap((sum, gate) => move(sum, [...get(UNIT), ...load(places.bias + gate * hidden * FLOAT)])),
    ...addInputs(hidden, { base: STEP, matrix: places.kernel, count: inputs }),
    ...addInputs(hidden, { base: STATE, matrix: places.recurrent, count: hidden }),
    ...move(PASSING, [
      ...[...get(f), ...CALL_SIGMOID, ...get(UNIT), ...load(places.cell), ...mulFloats],
      ...[...get(i), ...CALL_SIGMOID, ...get(g), ...CALL_TANH, ...mulFloats, ...addFloats],
    ]),
    ...[...get(UNIT), ...get(PASSING), ...store(places.cell)],
    ...plus(get(NEXT), get(UNIT)),
    ...[...get(o), ...CALL_SIGMOID, ...get(PASSING), ...CALL_TANH, ...mulFloats, ...store(0)],
  ];
}

/** Runs the window in memory; answers the address of the last state. Cell and first state must be 0. */
function runOf(shape: LstmShape, places: LstmPlaces): WasmFunction {
  const { steps, inputs, hidden } = shape;
  const body = [
    ...move(STEP, int(places.window)),
    ...move(LAST_STEP, int(places.window + steps * inputs * FLOAT)),
    ...move(LAST_UNIT, int(hidden * FLOAT)),
    ...move(STATE, int(places.states[0])),
    ...move(NEXT, int(places.states[1])),
    ...loop({ pointer: STEP, end: LAST_STEP, stride: int(inputs * FLOAT) }, [
      ...move(UNIT, int(0)),
      ...loop({ pointer: UNIT, end: LAST_UNIT, stride: int(QUAD) }, fourUnits(shape, places)),
      // The two states change places.
      ...[...get(STATE), ...get(NEXT), ...set(STATE), ...set(NEXT)],
    ]),
    ...get(STATE),
  ];
  return { name: 'run', takes: 0, ints: 9, vectors: 5, body };
}

/** Whether a shape's units come in fours. */
export const hasCode = ({ hidden }: LstmShape): boolean => hidden % 4 === 0;

/** The recurrence of such an LSTM as a WebAssembly module of about a kilobyte, four units at a time. */
export const lstmModule = (shape: LstmShape, places: LstmPlaces): Uint8Array<ArrayBuffer> =>
  wasmModule([EXP, SIGMOID, TANH, runOf(shape, places)], Math.ceil(places.end / PAGE));
