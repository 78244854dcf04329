export { findClaimRules, toClaimRules } from './repository';
export { resetClaimRule, setClaimRule } from './service/set';
export { claimsOf, describeClaims } from './service/show';
