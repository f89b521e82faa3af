/** Colours: told apart by people who see few of them, and dark enough for text where they carry text. */
const LIGHT = `
--paper:#fff;--panel:#f6f7f9;--ink:#16191f;--soft:#555d6b;--rule:#d9dde4;--accent:#0b5cad;--accent-soft:#dbe9f8;
--load:#16191f;--band:#2f7fd1;--need:#16191f;--floor:#0b6e4f;--desired:#9a4a00;--ready:#4a6fa5;--rival-0:#7a4fc0;
--rival-1:#b0448c;--short:#c8102e;--uncovered:#b35900;--good:#0b6e4f;--bad:#b00020;`;

const DARK = `
--paper:#14171c;--panel:#1d2128;--ink:#e8ebf0;--soft:#a4adbb;--rule:#363d48;--accent:#7db8f5;--accent-soft:#20364f;
--load:#f2f4f7;--band:#4f9be8;--need:#f2f4f7;--floor:#4cc79b;--desired:#f0a04b;--ready:#8fb4e8;--rival-0:#b295e6;
--rival-1:#e39acb;--short:#ff5a6e;--uncovered:#f0a04b;--good:#4cc79b;--bad:#ff7b8a;`;

const TEXT = `
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem clamp(.75rem,3vw,2.5rem);max-width:78rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid var(--rule)}
.summary,.reading,.left-out,.notes{color:var(--soft);max-width:62rem}
.summary{margin:0}.summary b{color:var(--ink);font-weight:600;overflow-wrap:anywhere}
.left-out{border-left:3px solid var(--rule);padding-left:.7rem}
.reading{font-size:.875rem}
.num{text-align:right;font-variant-numeric:tabular-nums}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dl,dd{margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.8rem}
.card{background:var(--panel);border:1px solid var(--rule);border-radius:.5rem;padding:.8rem 1rem;display:flex;flex-direction:column}
.card dt{font-size:.85rem;color:var(--soft);order:1}
.card .figure{font-size:1.9rem;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums}
.card dd:last-child{font-size:.875rem;order:2;margin-top:.4rem}
.terms,.rules dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:.6rem 1.6rem;font-size:.875rem}
.terms dt,.rules dt{font-weight:600}.terms dd,.rules dd{color:var(--soft)}
.rules{margin:.2rem 0 .8rem;font-size:.9rem}.rules dl{margin-top:.5rem}
`;

const CHARTS = `
figure{margin:1rem 0 .5rem}
figcaption{font-weight:600;margin-bottom:.2rem}.unit{font-weight:400;color:var(--soft);font-size:.875rem;margin-left:.4rem}
.chart>svg{display:block;width:100%;height:auto;cursor:crosshair}
svg text{fill:var(--soft);font-size:13px}svg .lane-name{font-size:12px}
.grid{stroke:var(--rule);fill:none;stroke-width:1}
.off{display:none}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
.line.load{stroke:var(--load);stroke-width:1.5}
.line.level{stroke:var(--accent);stroke-width:1.2;stroke-dasharray:4 3;stroke-linecap:butt}
.band{stroke:none;fill:var(--band)}.band.outer{fill-opacity:.14}.band.middle{fill-opacity:.26}.band.inner{fill-opacity:.42}
.area{stroke:none}.area.floor{fill:var(--floor);fill-opacity:.2}
.area.uncovered{fill:url(#capacity-chart-h)}.hatch{stroke:var(--uncovered);stroke-width:2;fill:none}
.area.short{fill:var(--short);fill-opacity:.85}
.line.need{stroke:var(--need);stroke-width:1.5}
.line.floor{stroke:var(--floor);stroke-width:2}
.line.ready{stroke:var(--ready);stroke-width:1.6;stroke-dasharray:8 3;stroke-linecap:butt}
.line.desired{stroke:var(--desired);stroke-width:2;stroke-dasharray:2 3;stroke-linecap:butt}
.line.rival-0,.line.rival-1{stroke-width:1.3;stroke-linecap:butt}
.line.rival-0{stroke:var(--rival-0);stroke-dasharray:10 3 2 3}.line.rival-1{stroke:var(--rival-1);stroke-dasharray:5 2 1 2 1 2}
.dense .line{stroke-width:.9}.dense .line.floor,.dense .line.desired{stroke-width:1.2}
.lane{fill:var(--panel);stroke:var(--rule);stroke-width:.5}.mark{stroke:none}.mark.uncovered{fill:var(--uncovered)}.mark.short{fill:var(--short)}.mark.theirs{fill:var(--rival-0)}
.midnight{stroke:var(--soft);stroke-width:1;fill:none;opacity:.7}.date{font-weight:650}
.cursor-line{stroke:var(--accent);stroke-width:1.5;fill:none}
.cursor-window{fill:var(--accent);fill-opacity:.25;stroke:var(--accent);stroke-width:1}
.cursor-level{stroke:var(--accent);stroke-width:2.5;fill:none}
.legend{list-style:none;margin:.3rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(24rem,1fr));gap:.15rem 1.5rem;font-size:.85rem}
.legend li{display:flex;gap:.4rem;align-items:baseline}
.legend label{display:inline-flex;gap:.35rem;align-items:center;font-weight:600;white-space:nowrap;cursor:pointer}
.legend input{margin:0}.legend .meaning{color:var(--soft)}
.sample{width:26px;height:16px;flex:none}
.picker{display:flex;align-items:center;gap:.5rem}
.picker input{flex:1;min-width:6rem;accent-color:var(--accent)}
#readout{background:var(--accent-soft);border-radius:.4rem;padding:.45rem .8rem;margin:.4rem 0;font-size:.9rem;overflow-wrap:anywhere}
#selected{background:var(--panel);border:1px solid var(--rule);border-radius:.5rem;padding:.9rem 1.1rem}
`;

const TABLES = `
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;padding-bottom:.5rem}
th,td{padding:.3rem .6rem;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top}
th.num,td.num{text-align:right;white-space:nowrap}
thead th.num{white-space:normal}
thead th{font-weight:600;vertical-align:bottom;color:var(--soft);border-bottom:2px solid var(--rule)}
tbody th{font-weight:500}
.prices{width:auto;min-width:min(100%,46rem)}.ours{background:var(--accent-soft)}.ours th{font-weight:700}.best{color:var(--soft)}
table.small{width:auto;overflow-wrap:normal;font-size:.85rem}table.small caption{font-size:.8rem;color:var(--soft);padding:0}
table.small th,table.small td{padding:.15rem .55rem;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}table.small .text{text-align:left}
.decisions tr.row{cursor:pointer}
.decisions tr.row:hover{background:var(--panel)}
.decisions tr.moves{box-shadow:inset 3px 0 0 var(--accent)}
.decisions tr.chosen{background:var(--accent-soft)}
.decisions button{font:inherit;font-variant-numeric:tabular-nums;color:var(--accent);background:none;border:0;padding:0 .2rem;cursor:pointer;white-space:nowrap}
.decisions button::before{content:"▸ "}.decisions button[aria-expanded=true]::before{content:"▾ "}
.why{width:100%;min-width:14rem;overflow-wrap:anywhere}.rule{min-width:7rem}
.up{color:var(--good)}.down{color:var(--desired)}.bad,.status.refused{color:var(--bad)}.status{white-space:nowrap}
tr.more>td{background:var(--panel);padding:.8rem 1rem}
.detail{columns:2 24rem;column-gap:2rem;font-size:.875rem}.detail>div{break-inside:avoid;padding-bottom:.8rem}
.detail dt{font-weight:650;margin-bottom:.1rem}.detail dd{overflow-wrap:anywhere}.detail dd+dd{margin-top:.25rem}
.detail ol{margin:0;padding-left:1.3rem}
.controls{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;align-items:center;margin-bottom:.4rem}
.controls select,.picker button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--rule);border-radius:.3rem;padding:.2rem .5rem}
.controls output{color:var(--soft);font-size:.875rem}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`;

const NARROW = `
@media (max-width:50rem){svg text{font-size:19px}svg .lane-name{font-size:16px}svg .every-other{display:none}.chart>svg{overflow:visible}
.legend .meaning{display:none}.legend{display:flex;flex-wrap:wrap}
th,td{padding:.25rem .35rem}table,.detail{font-size:.8rem}.why{min-width:10rem}.rule{min-width:5rem}
.status{white-space:normal}
.decisions>thead>tr>:nth-child(2),.decisions>tbody>tr.row>:nth-child(2){display:none}}
`;

const CONTRAST = `
@media (prefers-contrast:more){:root{--soft:var(--ink);--rule:var(--ink)}.line{stroke-width:2.2}}
`;

const PRINT = `
@media print{.legend li:has(input:not(:checked)){display:none}body{max-width:none;padding:0;font-size:10pt}.controls,.picker,.legend input,.rules{display:none!important}
.card,tr,figure,.detail>div{break-inside:avoid}.cards{grid-template-columns:repeat(3,1fr)}.card .figure{font-size:1.4rem}.detail{columns:2 14rem}
th,td{padding:.15rem .3rem}.why{width:55%}.status{white-space:normal}h2{break-after:avoid}thead{display:table-header-group}
.scroll{overflow:visible}table{font-size:8pt}.why{min-width:0}svg text{font-size:16px}svg .lane-name{font-size:14px}svg .every-other{display:none}.card dd:last-child,.reading,.legend{font-size:8pt}.card dt{font-size:8.5pt}.detail,table.small,table.small caption{font-size:7.5pt}.prices{break-inside:avoid}table.small th,table.small td{padding:.1rem .3rem}#selected{padding:.5rem .8rem}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:14mm}}
`;

/** The page's whole style: light and dark by the reader's choice, light on paper. */
export const PAGE_STYLE = `:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
${TEXT}${CHARTS}${TABLES}${NARROW}${CONTRAST}${PRINT}`;
