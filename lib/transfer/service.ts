export { exportLines } from './service/export';
export { importLines } from './service/import';
