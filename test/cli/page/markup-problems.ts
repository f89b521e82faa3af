const VOID = new Set(['meta', 'input', 'br', 'hr', 'img', 'link']);
const RAW = new Set(['script', 'style', 'title']);
const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y;
const CHARACTER = /&(?:amp|lt|gt|quot|#39);/g;

/** What a strict reader would object to: tags that do not pair, stray angle brackets, unknown entities. Empty when sound. */
export function markupProblems(page: string): readonly string[] {
  const problems: string[] = [];
  const open: string[] = [];
  let at = page.indexOf('>') + 1;
  for (let next = page.indexOf('<', at); next !== -1; next = page.indexOf('<', at)) {
    problems.push(...textProblems(page.slice(at, next)));
    TAG.lastIndex = next;
    const tag = TAG.exec(page);
    if (tag === null) return [...problems, `no tag at: ${page.slice(next, next + 60)}`];
    const [whole, closing, name = '', , selfClosing] = tag;
    at = RAW.has(name) && closing === '' ? page.indexOf(`</${name}>`, next) : next + whole.length;
    if (closing === '/') problems.push(...mismatch(open.pop(), name));
    else if (selfClosing !== '/' && !VOID.has(name)) open.push(name);
  }
  return [...problems, ...open.map((name) => `never closed: ${name}`)];
}

const mismatch = (expected: string | undefined, name: string): readonly string[] =>
  expected === name ? [] : [`</${name}> closes <${expected ?? 'nothing'}>`];

function textProblems(text: string): readonly string[] {
  const rest = text.replace(CHARACTER, '');
  return /[&>]/.test(rest) ? [`unescaped text: ${rest.trim().slice(0, 60)}`] : [];
}

/** Values of every attribute of that name, in order. */
export const attributeValues = (page: string, name: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map((match) => match[1] ?? '');
