export {
  countApiCredentials,
  countUsableCredentials,
  findApiCredential,
  listApiCredentials,
  listSecretPeriods,
  listSecretsOf,
} from './repository';
export { authenticateClient, type ClientProof, type ClientRefusal, rememberUse } from './service/authenticate';
export { createApiCredential, type WithSecret } from './service/create';
export { getApiCredential } from './service/get';
export { revokeApiCredential } from './service/revoke';
export { endSecret, MAX_OVERLAP_HOURS, rotateApiCredential } from './service/rotate';
export { updateApiCredential } from './service/update';
