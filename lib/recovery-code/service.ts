export { listHeldRecoveryCodes } from './repository/held';
export { carryRecoveryCodes } from './service/carry';
export { consumeRecoveryCode, findRecoveryCode } from './service/consume';
export { createRecoveryCodes } from './service/create';
export { listRecoveryCodes, summarizeRecoveryCodes } from './service/get';
export { notifyHolder } from './service/notify-holder';
export { endRecoveryCodes, revokeOwnRecoveryCodes, revokeRecoveryCodes } from './service/revoke';
