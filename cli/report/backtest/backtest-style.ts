/** Eight colours that stay apart for people who see few of them, after Okabe & Ito; darker on paper, lighter in the dark. */
const LIGHT = ['#0b5cad', '#b35900', '#0b6e4f', '#b0448c', '#7a4fc0', '#946c00', '#007c91', '#8c2f2f'];
const DARK = ['#7db8f5', '#f0a04b', '#4cc79b', '#e39acb', '#b295e6', '#e0c04a', '#5fd0e3', '#f08a80'];

const DASHES = ['', 'stroke-dasharray:7 3', 'stroke-dasharray:2 3', 'stroke-dasharray:9 3 2 3'];

const variables = (colours: readonly string[]): string => colours.map((colour, i) => `--arm-${i}:${colour};`).join('');

const lines = LIGHT.map((_, i) => `.line.arm-${i}{stroke:var(--arm-${i})}`).join('');
const dashes = DASHES.map((dash, i) => (dash === '' ? '' : `.line.dash-${i}{${dash};stroke-linecap:butt}`)).join('');

/** What the page of a backtest adds to the style that all pages share. */
export const BACKTEST_STYLE = `:root{${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}
.chart>svg{cursor:auto}
${lines}${dashes}
.area.load{fill:var(--soft);fill-opacity:.28}
.line.best{stroke:var(--soft);stroke-dasharray:1 2;stroke-linecap:butt}
.line.own{stroke:var(--good);stroke-width:2}.dense .line[class*=arm-]{stroke-width:1}.dense .line.own{stroke-width:1.4}
#capacity-chart.dense .line{stroke-dasharray:none}
.worst{fill:var(--accent-soft);stroke:none}
.prices{min-width:min(100%,60rem)}
.point circle,.point path{stroke-width:2;stroke:var(--arm-0);fill:var(--arm-0)}
.point text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.point.dominated circle{stroke:var(--soft)}.point.dominated text{fill:var(--soft)}
.point.ours circle{stroke:var(--good);fill:var(--good)}.point.ours text{font-weight:700}
.point.best path{stroke:var(--desired);fill:var(--desired)}
.point.hollow circle{fill:var(--paper)}
.frontier-line{fill:none;stroke:var(--arm-0);stroke-width:1.2;stroke-dasharray:5 4}
.leader{stroke:var(--soft);stroke-width:.8;fill:none}
.hours{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,32rem),1fr));gap:1.2rem 1.8rem}
.hour{break-inside:avoid}.hour h3{font-size:1rem;margin:0}.hour .reading{margin:.1rem 0 .3rem}
.hour svg{display:block;width:100%;height:auto}.hour .line{stroke-width:1.8}
.key .sample{display:inline-block;vertical-align:middle;margin-left:.5rem}
details summary{cursor:pointer;color:var(--accent);font-size:.85rem}
@media print{.hours{grid-template-columns:1fr 1fr;gap:.6rem 1rem}details{display:none}figure.pareto{break-inside:avoid}}
`;
