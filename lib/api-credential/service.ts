export {
  countApiCredentials,
  countUsableCredentials,
  findApiCredential,
  listApiCredentials,
  listSecretPeriods,
  listSecretsOfCredentials,
} from './repository';
export { API_CREDENTIAL_COLUMNS, type ApiCredentialRow, toApiCredential } from './repository/row';
export {
  type AuthenticatedClient,
  authenticateClient,
  type ClientProof,
  type ClientRefusal,
  recordCredentialUse,
} from './service/authenticate';
export { createApiCredential, type WithSecret } from './service/create';
export { getApiCredential } from './service/get';
export { revokeApiCredential } from './service/revoke';
export { MAX_OVERLAP_HOURS, revokeSecret, rotateApiCredential } from './service/rotate';
export { updateApiCredential } from './service/update';
