export { readOutboxState } from './repository';
export { admitNewcomerMail } from './service/ceiling';
export { deliverDueMail, type MailWorker, startMailWorker } from './service/deliver';
export { purgeFinishedMail } from './service/purge';
export { queueMail } from './service/queue';
export { findTestMail, sendTestMail } from './service/test-mail';
export { abandonMails, findUnreadableMails } from './service/unreadable';
export { checkMailServer, DeliveryError, reportMailServer } from './transport';
