/** Rows that a model learns from, [0, `known`), and those that it answers for, [`from`, `to`). */
export interface LeadSpan {
  readonly known: number;
  readonly from: number;
  readonly to: number;
}

/** A model of the load at one lead: it learns from rows whose target is known, and answers for later ones. */
export interface LeadModel {
  readonly name: string;
  /** Loads of the rows [from, to); undefined where too little is known. */
  answer(span: LeadSpan): Float64Array | undefined;
}
