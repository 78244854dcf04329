export { readOutboxState } from './repository';
export { admitNewcomerMail } from './service/ceiling';
export { deliverDueMail } from './service/deliver';
export { mailJobs } from './service/jobs';
export { purgeFinishedMail } from './service/purge';
export { queueMail } from './service/queue';
export { findTestMail, sendTestMail } from './service/test-mail';
export { abandonMails, findUnreadableMails } from './service/unreadable';
export { checkMailServer, DeliveryError, reportMailServer } from './transport';
