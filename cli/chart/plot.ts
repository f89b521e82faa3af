/** Where a chart's plot lies in its drawing, in pixels of the view box. */
export const PLOT = { width: 1120, left: 112, right: 1104, top: 12 } as const;
