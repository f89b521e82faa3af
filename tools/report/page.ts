import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, Message } from './devtools.ts';

export interface Look {
  readonly scheme: 'light' | 'dark';
  /** Pixels. */
  readonly width: number;
}

/** One tab that keeps what went wrong in it. */
export class Page {
  readonly #browser: Browser;
  readonly #session: string;
  /** Console errors, uncaught exceptions, and requests for anything but the file itself. */
  readonly problems: string[] = [];

  private constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.on((message) => {
      const problem = problemOf(message);
      if (problem !== undefined) this.problems.push(problem);
    });
  }

  static async open(browser: Browser): Promise<Page> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(browser, String(sessionId));
    for (const domain of ['Runtime', 'Log', 'Page', 'Network']) await page.#send(`${domain}.enable`);
    return page;
  }

  #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    return this.#browser.send(method, params, this.#session);
  }

  async load(file: string, { scheme, width }: Look): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.#send('Emulation.setEmulatedMedia', { media: 'screen', features });
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
    const loaded = this.#browser.once('Page.loadEventFired');
    const { errorText } = await this.#send('Page.navigate', { url: pathToFileURL(file).href });
    if (errorText !== undefined) throw new Error(`${file}: ${String(errorText)}`);
    await loaded;
  }

  /** Value of an expression in the page; throws what it throws. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
  }

  async press(key: string): Promise<void> {
    const codes: Readonly<Record<string, number>> = {
      ArrowLeft: 37,
      ArrowUp: 38,
      ArrowRight: 39,
      ArrowDown: 40,
      Home: 36,
    };
    const event = { key, code: key, windowsVirtualKeyCode: codes[key] ?? 0 };
    await this.#send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  async click(x: number, y: number): Promise<void> {
    const at = { x, y, button: 'left', clickCount: 1 };
    await this.#send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    await this.#send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  }

  /** The page as a PNG, cut at `height` pixels. */
  async screenshot(file: string, width: number, height: number): Promise<void> {
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip });
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async pdf(file: string): Promise<void> {
    await this.#send('Emulation.setEmulatedMedia', { media: '', features: [] });
    await this.#send('Emulation.clearDeviceMetricsOverride');
    const { data } = await this.#send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }
}

/** What of an event is a fault of the page. */
function problemOf({ method, params = {} }: Message): string | undefined {
  switch (method) {
    case 'Runtime.exceptionThrown':
      return `uncaught: ${JSON.stringify(params['exceptionDetails'])}`;
    case 'Runtime.consoleAPICalled':
      return params['type'] === 'error' ? `console.error: ${JSON.stringify(params['args'])}` : undefined;
    case 'Log.entryAdded':
      return `log: ${JSON.stringify(params['entry'])}`;
    case 'Network.requestWillBeSent':
      return foreignRequest(JSON.stringify(params['request'] ?? {}));
    default:
      return undefined;
  }
}

const foreignRequest = (request: string): string | undefined =>
  /"url":"(file:|about:|data:)/.test(request) ? undefined : `it asked for something: ${request}`;
