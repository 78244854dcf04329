/** Cells of CSV files: quoting (RFC 4180), and values that a spreadsheet would take for a formula. */

/** What makes a spreadsheet calculate a cell, after any apostrophes of an earlier neutralization. */
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/**
 * A text as a cell. `isNeutral` adds an apostrophe that stops spreadsheets from calculating it. A text that already
 * looks neutralized gets one in any case, so that `fromCell` returns every text as it was.
 */
export function toCell(text: string, isNeutral: boolean): string {
  return (isNeutral ? FORMULA : ESCAPED).test(text) ? `'${text}` : text;
}

export function fromCell(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}

/** One record with its line break. */
export function toRecord(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string): string {
  const isPlain = !/["\r\n]/.test(cell) && !cell.includes(delimiter) && !/^\s|\s$/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
