import { CALENDAR, SINCE_START, type TimeWords } from '../../page/time-words.ts';
import type { JudgedLead, LeadReport } from '../lead-report.ts';

/** Everything that the page about the leads of one record shows. */
export interface LeadPlot {
  readonly file: string;
  readonly column: string;
  /** False when the file counts from its own start. */
  readonly dated: boolean;
  readonly report: LeadReport;
  /** At least one of them was measured. */
  readonly leads: readonly JudgedLead[];
}

/** How the page writes its moments. */
export const wordsOf = ({ dated }: LeadPlot): TimeWords => (dated ? CALENDAR : SINCE_START);
