/** Switches the layers of charts by the boxes of their legends. Plain, old JavaScript for browsers; it builds no HTML. */
export const LAYER_SCRIPT = `'use strict';
(() => {
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  for (const box of all('[data-toggles]', document)) {
    box.addEventListener('change', () => {
      for (const layer of all('[data-layer]', box.closest('figure'))) {
        if (layer.dataset.layer === box.dataset.toggles) layer.classList.toggle('off', !box.checked);
      }
    });
  }
})();
`;

/** Style where scripts do not run: what cannot be switched on is not named. */
export const NO_SCRIPT_STYLE = '.legend input{display:none}.legend li:has(input:not(:checked)){display:none}';
