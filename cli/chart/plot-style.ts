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
details{margin:.6rem 0}details summary{cursor:pointer;color:var(--accent);font-size:.875rem}
@media print{details{display:none}}
`;

/** Without scripts a legend has nothing to switch. */
export const PLOT_NO_SCRIPT_STYLE = '.legend input{display:none}';
