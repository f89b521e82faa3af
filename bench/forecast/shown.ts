/** A figure with so many digits, or a dash where there is none. */
export const shown = (value: number | null | undefined, digits = 3): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits);
