import { replaceFile } from '../output/replace-file.ts';
import type { Terminal } from '../terminal.ts';

/** Writes a page, in place of an existing file (`replaceFile`), and says so beside the answer. Throws what the system says where that fails. */
export function writePage(file: string, page: string, terminal: Pick<Terminal, 'note'>): void {
  replaceFile(file, page);
  terminal.note(`${file}: the page about it`);
}

/** Says that no page was written; a file that is there stays as it was. */
export const notePageLeft = (file: string, reason: string, terminal: Pick<Terminal, 'note'>): void =>
  terminal.note(`${file}: not written, ${reason}`);
