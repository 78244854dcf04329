export { type CsvOptions, exportCsv, exportLines } from './service/export';
export { importLines } from './service/import';
