import type { Page } from './page.ts';

/** Does what a reader does, and names what did not answer. A report without decisions or charts is only opened. */
export async function tryOut(page: Page): Promise<readonly string[]> {
  const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const rows = Number(await page.evaluate("document.querySelectorAll('tr.row').length"));
  const faults = Number(sideways) > 0 ? [`the page is ${String(sideways)} px wider than its window`] : [];
  if (rows === 0) return faults;
  return [
    ...faults,
    ...(await chooseByClick(page)),
    ...(await chooseByKey(page, rows)),
    ...(await walkTheTable(page, rows)),
    ...(await openAndFilter(page)),
  ];
}

const chosenIndex = async (page: Page): Promise<number> =>
  Number(
    await page.evaluate("[...document.querySelectorAll('tr.row')].findIndex((r) => r.classList.contains('chosen'))"),
  );

async function chooseByClick(page: Page): Promise<readonly string[]> {
  const box = await page.evaluate(
    "(() => { const s = document.querySelector('figure.chart > svg'); if (!s) return null; s.scrollIntoView(); const b = s.getBoundingClientRect(); return [b.left + b.width * 0.45, b.top + b.height / 2]; })()",
  );
  if (!Array.isArray(box)) return [];
  await page.click(Number(box[0]), Number(box[1]));
  const there = (await chosenIndex(page)) >= 0 && (await page.evaluate("!document.getElementById('selected').hidden"));
  const line = await page.evaluate("document.querySelector('.cursor-line').getAttribute('d')");
  return [
    ...(there === true ? [] : ['a click into the chart chose no decision']),
    ...(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/.test(String(line)) ? [] : [`the marker is drawn as "${String(line)}"`]),
  ];
}

async function chooseByKey(page: Page, rows: number): Promise<readonly string[]> {
  await page.evaluate("document.getElementById('pick').focus()");
  await page.press('Home');
  await page.press('ArrowRight');
  const chosen = await chosenIndex(page);
  return chosen === Math.min(1, rows - 1)
    ? []
    : [`Home and arrow right chose row ${chosen}, not ${Math.min(1, rows - 1)}`];
}

async function walkTheTable(page: Page, rows: number): Promise<readonly string[]> {
  await page.evaluate("document.querySelector('tr.row button').focus()");
  await page.press('ArrowDown');
  const focused = Number(
    await page.evaluate("[...document.querySelectorAll('tr.row button')].indexOf(document.activeElement)"),
  );
  const due = Math.min(1, rows - 1);
  return focused === due ? [] : [`arrow down in the table led to row ${focused}, not ${due}`];
}

async function openAndFilter(page: Page): Promise<readonly string[]> {
  const opened = await page.evaluate(
    "(() => { const b = document.querySelector('tr.row button'); b.click(); return b.getAttribute('aria-expanded') === 'true' && !document.getElementById(b.getAttribute('aria-controls')).hidden; })()",
  );
  const wrong = await page.evaluate(
    "(() => { const s = document.getElementById('rule'); const rule = s.options[s.options.length - 1].value; s.value = rule; s.dispatchEvent(new Event('input', { bubbles: true })); const wrong = [...document.querySelectorAll('tr.row')].filter((r) => r.hidden === (r.dataset.rule === rule)).length; s.value = ''; s.dispatchEvent(new Event('input', { bubbles: true })); return wrong; })()",
  );
  return [
    ...(opened === true ? [] : ['the button of the first row did not open it']),
    ...(wrong === 0 ? [] : [`${String(wrong)} rows are shown or hidden against the filter by rule`]),
  ];
}
