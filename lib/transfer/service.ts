export { EXPORT_FORMATS, exportCsv, exportIdentities, exportLines } from './service/export';
export { importLines } from './service/import';
