export { installationJobs } from './service/jobs';
export { type Adoption, adoptSecret, bindSecret, readSecretState, requireSecret } from './service/secret';
