const BAR_CELLS = 12;

/** A share in percent as a row of twelve cells, in HTML. */
export const progressBar = (percent: number): string => {
  const full = Math.min(BAR_CELLS, Math.round((percent / 100) * BAR_CELLS));
  return `<code>${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}</code> ${percent} %`;
};
