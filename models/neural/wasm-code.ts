/** Code of WebAssembly as bytes: what one instruction, or several after each other, are encoded as. */
export type Code = readonly number[];

/** Unsigned LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left & 0x7f;
    left >>>= 7;
    bytes.push(left === 0 ? low : low | 0x80);
  } while (left !== 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  for (;;) {
    const low = left & 0x7f;
    left >>= 7;
    const done = (left === 0 && (low & 0x40) === 0) || (left === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const vector = (op: number, ...rest: number[]): Code => [0xfd, ...unsigned(op), ...rest];

/** Alignment hint of a load or store (its exponent), and the constant added to the address. */
const at = (alignment: number, offset: number): Code => [alignment, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const call = (index: number): Code => [0x10, ...unsigned(index)];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const addInt: Code = [0x6a];

/** Four floats from the address on the stack plus `offset`; the same float four times; stores four floats. */
export const load = (offset: number): Code => vector(0, ...at(4, offset));
export const loadSplat = (offset: number): Code => vector(9, ...at(2, offset));
export const store = (offset: number): Code => vector(11, ...at(4, offset));

/** Four times the same float. */
export function floats(value: number): Code {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  const bytes = [0, 1, 2, 3].map((i) => view.getUint8(i));
  return vector(12, ...bytes, ...bytes, ...bytes, ...bytes);
}

/** Four times the same whole number. */
export function ints(value: number): Code {
  const bytes = [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
  return vector(12, ...bytes, ...bytes, ...bytes, ...bytes);
}

export const addFloats = vector(0xe4);
export const subFloats = vector(0xe5);
export const mulFloats = vector(0xe6);
export const divFloats = vector(0xe7);
export const minFloats = vector(0xe8);
export const maxFloats = vector(0xe9);
export const roundFloats = vector(0x6a);
export const toInts = vector(0xf8);
export const addInts = vector(0xae);
export const shiftLeft = vector(0xab);

/** Runs `body`, then moves local `pointer` on by `stride`, until it is local `end`. The body runs at least once. */
export const loop = (range: { pointer: number; end: number; stride: Code }, body: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...get(range.pointer),
  ...range.stride,
  ...addInt,
  ...set(range.pointer),
  ...get(range.pointer),
  ...get(range.end),
  ...[0x47, 0x0d, 0x00, 0x0b],
];

const I32 = 0x7f;
const V128 = 0x7b;

/** A function; its locals are numbered parameters first, then whole numbers, then vectors. */
export interface WasmFunction {
  /** `vector`: four floats to four floats. `numbers`: so many whole numbers, or none, to an address. */
  readonly takes: 'vector' | number;
  readonly ints: number;
  readonly vectors: number;
  readonly body: Code;
  /** Name under which it is exported; not at all when absent. */
  readonly name?: string;
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const listed = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const named = (name: string): Code => listed([...name].map((letter) => [letter.charCodeAt(0)]));

const typeOf = ({ takes }: WasmFunction): Code =>
  takes === 'vector' ? [0x60, 1, V128, 1, V128] : [0x60, ...unsigned(takes), ...Array(takes).fill(I32), 1, I32];

/** A module with its own memory (exported as `memory`, of `pages` × 64 KiB) and functions. */
export function wasmModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const bodies = functions.map(({ ints: i, vectors: v, body }): Code => {
    const code = [
      ...listed([
        [...unsigned(i), I32],
        [...unsigned(v), V128],
      ]),
      ...body,
      0x0b,
    ];
    return [...unsigned(code.length), ...code];
  });
  const exported = functions.flatMap(({ name }, i) =>
    name === undefined ? [] : [[...named(name), 0, ...unsigned(i)]],
  );
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, listed(functions.map(typeOf))),
    ...section(3, listed(functions.map((_, i) => unsigned(i)))),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, listed([[...named('memory'), 2, 0], ...exported])),
    ...section(10, listed(bodies)),
  ]);
}
