export { type QrCode, toQrCode } from './qr-code';
export { listPairings } from './repository';
export { listHeldPairings } from './repository/held';
export { answerPairing, cancelOwnPairing, cancelRequest } from './service/answer';
export { pairingJobs } from './service/jobs';
export { purgePairings } from './service/purge';
export {
  findOwnPairing,
  findOwnStep,
  findRequested,
  findRequestedStep,
  isShownCode,
  type OwnPairing,
  peekPairing,
} from './service/read';
export { beginPairedRegistration, finishPairedRegistration } from './service/register';
export { findTokenByCode, requestPairing } from './service/request';
export { startPairing } from './service/start';
export { pairingToken as toPairingToken } from './service/token';
