import { createHash } from 'node:crypto';

/** SHA-256 of a file's name below this: the file may be looked at while the detector is made. */
const MIDDLE = 'a';

/** Which half of the files a name belongs to, by its hash alone: 9 of the 18 recorded series are to develop on. */
export const halfOf = (name: string): 'development' | 'held-out' =>
  createHash('sha256').update(name).digest('hex') < MIDDLE ? 'development' : 'held-out';
