import { html, joined, type Markup, nothing, trusted } from '../page/html.ts';

/** One thing that a chart draws; readers switch it off by its key. */
export interface Layer {
  readonly key: string;
  /** Name in the legend. */
  readonly name: string;
  /** One line that says what it is. */
  readonly meaning: string;
  /** Paths and shapes, styled by `key` alone. */
  readonly shapes: readonly Shape[];
  /** False where readers have to switch it on. @default true */
  readonly shown?: boolean;
}

export interface Shape {
  readonly className: string;
  /** Path data; an empty one is left out. */
  readonly path: string;
}

/** True where there is something to see, so that a legend names it. */
export const isDrawn = ({ shapes }: Layer): boolean => shapes.some(({ path }) => path !== '');

/** A layer as part of a drawing. */
export const layerGroup = ({ key, shapes, shown = true }: Layer): Markup =>
  html`<g data-layer="${key}"${trusted(shown ? '' : ' class="off"')}>${shapes.map(shapePath)}</g>`;

const shapePath = ({ className, path }: Shape): Markup =>
  path === '' ? nothing : html`<path class="${className}" d="${path}"/>`;

const sampleOf = (className: string): string => (className.startsWith('line') ? 'M1 8H25' : 'M1 3H25V13H1Z');

/** Names, samples and meanings of layers, each with a box that switches it off. */
export function legend(layers: readonly Layer[]): Markup {
  const entries = layers.map(({ key, name, meaning, shapes, shown = true }) => {
    const sample = shapes.map(({ className }) => html`<path class="${className}" d="${sampleOf(className)}"/>`);
    return html`<li><label title="${meaning}"><input type="checkbox"${trusted(shown ? ' checked' : '')} data-toggles="${key}"><svg class="sample" viewBox="0 0 26 16" aria-hidden="true">${joined(sample)}</svg><span>${name}</span></label> <span class="meaning">${meaning}</span></li>`;
  });
  return html`<ul class="legend">${joined(entries)}</ul>`;
}
