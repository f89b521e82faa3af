/** What pages of forecasts add to the style that all pages share. */
export const PLOT_STYLE = `
.chart>svg{cursor:auto}
.line.expected{stroke:var(--accent);stroke-width:2.2;stroke-dasharray:7 3;stroke-linecap:butt}.dense .line.expected{stroke-width:1.6}
.line.before{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:1.5 3;stroke-linecap:butt}
.line.median{stroke:var(--band);stroke-width:1.6}
.band{stroke:var(--band);stroke-opacity:.45;stroke-width:.6}
.moment{stroke:var(--desired);stroke-width:1.4;fill:none}
svg .moment-name{fill:var(--desired);font-weight:600}
svg .moment-name,svg .panel-name{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
svg .panel-name{fill:var(--ink);font-weight:650}
.brief .legend .meaning{display:none}.brief .legend{display:flex;flex-wrap:wrap}
figcaption{margin-top:.8rem}.card .figure{overflow-wrap:anywhere}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.5rem 2rem;align-items:start}
.half{break-inside:avoid;margin:.4rem 0}.half>svg{display:block;width:100%;max-width:44rem;height:auto}svg .axis text{fill:var(--soft)}.half>svg text{font-size:14px}
.key{list-style:none;margin:.2rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.15rem 1.2rem;font-size:.85rem;color:var(--soft)}
.key li{display:flex;gap:.35rem;align-items:center}
.bar{fill:var(--band);fill-opacity:.6;stroke:var(--accent);stroke-width:.8}
.line.season{stroke:var(--desired);stroke-width:2;stroke-linecap:butt}
.held circle{fill:var(--accent);stroke:var(--accent)}.held path{fill:var(--paper);stroke:var(--desired);stroke-width:2}
.rank{stroke:var(--accent);stroke-width:1}.rank.other{fill:var(--band);fill-opacity:.35}.rank.chosen{fill:var(--accent)}
.rank.naive{stroke:var(--desired);fill:none;stroke-width:1.6;stroke-dasharray:4 2}
svg .rank-name,svg .rank-value{fill:var(--ink)}svg .rank-name.chosen{font-weight:700}
details{margin:.6rem 0}details summary{cursor:pointer;color:var(--accent);font-size:.875rem}
@media (max-width:30rem){svg text{font-size:26px}svg .date{font-size:20px}.half>svg text,.contest>svg text{font-size:19px}}
@media print{details{display:none}}
`;
