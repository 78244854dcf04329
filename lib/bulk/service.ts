export { listBulkActions } from './repository';
export { getBulkAction } from './service/get';
export { bulkJobs } from './service/jobs';
export { bulkSource } from './service/source';
export { startBulkAction } from './service/start';
export { stopBulkAction } from './service/stop';
export { surveyBulkAction } from './service/survey';
