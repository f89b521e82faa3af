import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** One event or answer of the DevTools protocol. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

const PATIENCE_MS = 30_000;

/** A headless Chromium that is spoken to over a pipe, with an empty profile of its own. */
export class Browser {
  readonly #process: ChildProcess;
  readonly #write: Writable;
  readonly #profile: string;
  readonly #waiting = new Map<number, { resolve: (m: Message) => void; reject: (e: Error) => void }>();
  readonly #listeners = new Set<(message: Message) => void>();
  #lastId = 0;
  #gone: Error | undefined;

  constructor(binary: string) {
    this.#profile = mkdtempSync(path.join(tmpdir(), 'prescale-chromium-'));
    this.#process = spawn(binary, [...FLAGS, `--user-data-dir=${this.#profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [, , , write, read] = this.#process.stdio;
    if (!isWritable(write) || !isReadable(read)) throw new Error(`${binary} was started without its two pipes`);
    this.#write = write;
    this.#listen(read);
    write.on('error', (error) => this.#end(error));
    this.#process.once('error', (error) => this.#end(error));
    this.#process.once('exit', (code) => this.#end(new Error(`${binary} ended with status ${code}`)));
  }

  /** Sends a command to the browser, or to the page of a session; rejects when it is refused or unanswered for 30 s. */
  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const id = ++this.#lastId;
    const answer = new Promise<Message>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      setTimeout(() => reject(new Error(`${method}: no answer within 30 s`)), PATIENCE_MS).unref();
    });
    this.#write.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    return answer.then(({ result, error }) => {
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    });
  }

  /** Calls back for each event from now on. */
  on(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves at the next event of that name; rejects after 30 s. */
  once(method: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${method} within 30 s`)), PATIENCE_MS);
      const listener = (message: Message): void => {
        if (message.method !== method) return;
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  /** Ends the browser and removes its profile. */
  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.send('Browser.close').catch(() => this.#process.kill('SIGKILL'));
    if (this.#process.exitCode === null && this.#process.signalCode === null) await gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #listen(read: Readable): void {
    let rest = '';
    read.setEncoding('utf8');
    read.on('data', (chunk: string) => {
      const whole = (rest + chunk).split('\0');
      rest = whole.pop() ?? '';
      for (const text of whole) this.#take(JSON.parse(text));
    });
  }

  #take(message: Message): void {
    if (message.id === undefined) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    this.#waiting.get(message.id)?.resolve(message);
    this.#waiting.delete(message.id);
  }

  #end(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

type Stdio = ChildProcess['stdio'][number];

const isWritable = (stream: Stdio): stream is Writable => stream !== null && stream !== undefined && 'write' in stream;

const isReadable = (stream: Stdio): stream is Readable => stream !== null && stream !== undefined && 'read' in stream;
