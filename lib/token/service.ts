export { introspectToken } from './service/introspect';
export { type IssuedToken, issueAccessToken } from './service/issue';
export { tokenJobs } from './service/jobs';
export { purgeRevokedTokens, type Revocation, revokeToken } from './service/revoke';
export { revokeSigningKey } from './service/revoke-key';
export { rotateDueKeys, rotateSigningKey, setSigningAlgorithm } from './service/rotate';
export { areKeysReadable, countUnreadableKeys, publishedKeys } from './service/signing-keys';
export { verifyAccessToken } from './service/verify';
