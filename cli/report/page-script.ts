import { LAYER_SCRIPT } from '../chart/layer-script.ts';

/**
 * The report's only script: switches layers, filters rows, opens them, and ties charts, slider and rows together. Plain,
 * old JavaScript for browsers; it builds no HTML from text, so nothing that a ledger holds can become code.
 */
export const PAGE_SCRIPT = `${LAYER_SCRIPT}(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const rows = all('tr.row');
  const times = rows.map((row) => Number(row.dataset.ms));
  const charts = all('figure.chart > svg');
  const pick = byId('pick');
  if (rows.length === 0) return;

  const filter = () => {
    const rule = byId('rule').value;
    const moves = byId('moves').checked;
    let shown = 0;
    for (const row of rows) {
      const fits = (rule === '' || row.dataset.rule === rule) && (!moves || row.dataset.moves === '1');
      row.hidden = !fits;
      if (fits) shown++;
      setOpen(row, fits && isOpen(row));
    }
    byId('count').textContent = shown + ' of ' + rows.length + ' shown';
  };
  const buttonOf = (row) => row.querySelector('button');
  const isOpen = (row) => buttonOf(row).getAttribute('aria-expanded') === 'true';
  const setOpen = (row, open) => {
    buttonOf(row).setAttribute('aria-expanded', String(open));
    row.nextElementSibling.hidden = !open;
  };
  byId('controls').addEventListener('input', filter);
  byId('controls').addEventListener('submit', (event) => event.preventDefault());

  const place = (svg, ms, value) => {
    const d = svg.dataset;
    const x = +d.x0 + ((ms - d.t0) / (d.t1 - d.t0)) * (d.x1 - d.x0);
    const y = +d.y0 + (value / d.v1) * (d.y1 - d.y0);
    return x.toFixed(1) + ' ' + y.toFixed(1);
  };
  const mark = (svg, row) => {
    const set = (name, path) => svg.querySelector('.' + name).setAttribute('d', path);
    const ms = Number(row.dataset.ms);
    set('cursor-line', 'M' + place(svg, ms, 0) + 'L' + place(svg, ms, svg.dataset.v1));
    if (svg.parentElement.id !== 'load-chart') return;
    set('cursor-window', '');
    set('cursor-level', '');
    if (row.dataset.window === undefined) return;
    const [from, to] = row.dataset.window.split(' ').map(Number);
    const [low, high, level] = row.dataset.fan.split(' ').map(Number);
    if (![from, to, low, high, level].every(Number.isFinite)) return;
    const box = [place(svg, from, low), place(svg, from, high), place(svg, to, high), place(svg, to, low)];
    set('cursor-window', 'M' + box.join('L') + 'Z');
    set('cursor-level', 'M' + place(svg, from, level) + 'L' + place(svg, to, level));
  };

  let chosen = -1;
  const select = (index) => {
    chosen = Math.min(Math.max(index, 0), rows.length - 1);
    const row = rows[chosen];
    for (const other of all('tr.row.chosen')) other.classList.remove('chosen');
    row.classList.add('chosen');
    const said = buttonOf(row).title + ': ' + row.querySelector('.why').textContent;
    byId('readout').textContent = said;
    pick.value = String(chosen);
    pick.setAttribute('aria-valuetext', said);
    const selected = byId('selected');
    selected.replaceChildren(row.nextElementSibling.querySelector('.detail').cloneNode(true));
    selected.hidden = false;
    for (const svg of charts) mark(svg, row);
  };
  const nearest = (ms) => {
    let best = 0;
    for (let i = 1; i < times.length; i++) if (Math.abs(times[i] - ms) < Math.abs(times[best] - ms)) best = i;
    return best;
  };
  for (const svg of charts) {
    svg.addEventListener('click', (event) => {
      const d = svg.dataset;
      const box = svg.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
      select(nearest(+d.t0 + ((x - d.x0) / (d.x1 - d.x0)) * (d.t1 - d.t0)));
      pick.focus({ preventScroll: true });
    });
  }
  pick.addEventListener('input', () => select(Number(pick.value)));
  byId('earlier').addEventListener('click', () => select(chosen < 0 ? rows.length - 1 : chosen - 1));
  byId('later').addEventListener('click', () => select(chosen + 1));

  byId('rows').addEventListener('click', (event) => {
    const row = event.target.closest('tr.row');
    if (row === null) return;
    setOpen(row, !isOpen(row));
    select(rows.indexOf(row));
  });
  byId('rows').addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest('tr.row');
    if (by === undefined || row === null) return;
    event.preventDefault();
    const shown = rows.filter((one) => !one.hidden);
    const next = shown[shown.indexOf(row) + by];
    if (next === undefined) return;
    buttonOf(next).focus();
    select(rows.indexOf(next));
  });
  filter();
})();
`;
