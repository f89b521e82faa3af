/** An expected outcome: either an answer, or the reason why there is none. Broken promises throw instead. */
export type Result<T, R> = Accepted<T> | Refused<R>;

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<R> {
  readonly ok: false;
  readonly refusal: R;
}

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value });

export const refuse = <R>(refusal: R): Refused<R> => ({ ok: false, refusal });
