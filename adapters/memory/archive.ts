import type { Archive } from '../../loop/ports.ts';
import { addressOf } from '../record/address-of.ts';

/** Texts by address. `discard` computes addresses and keeps nothing, for backtests of many thousand ticks. */
export class MemoryArchive implements Archive {
  readonly #texts = new Map<string, string>();
  readonly #keeping: boolean;

  constructor(keeping: 'keep' | 'discard') {
    this.#keeping = keeping === 'keep';
  }

  async put(text: string): Promise<string> {
    const address = addressOf(text);
    if (this.#keeping) this.#texts.set(address, text);
    return address;
  }

  async get(address: string): Promise<string | undefined> {
    return this.#texts.get(address);
  }
}
