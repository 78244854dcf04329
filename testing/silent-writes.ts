/** Writes without an event, or with the event of the write around them. */
export const SILENT = new Set([
  // Pending requests, mails, counters: they change no row that people or operators own.
  ...['begin', 'finish'].map((step) => `credential.${step}Enrollment`), // inside a setup
  ...['PasskeyRegistration', 'PasskeySignIn', 'PasskeyStepUp'].map((ceremony) => `credential.begin${ceremony}`),
  ...['credential.issueChallenge', 'credential.consumeChallenge', 'operator.beginSetup', 'verification.issue'],
  ...['operator.beginAcceptance', 'operator.sendInvitationCode', 'operator.proveInvitationMailbox'],
  ...['begin', 'finish', 'consume'].map((step) => `verification.${step}MailboxProof`),
  'verification.storeReturnPath',
  ...[
    'beginSignIn',
    'beginCodeStepUp',
    'beginEmailChange',
    'cancelEmailChange',
    'admit',
    'consume',
    'proveCode',
    'proveLink',
  ].map((name) => `verification.${name}`),
  ...['mail.queueMail', 'mail.sendTestMail', 'mail.deliverDueMail', 'rate-limit.consumeLimits'],
  // The log of deliveries says what was sent.
  ...['deliverDueWebhooks', 'sendTestEvent', 'sendAgain', 'purgeDeliveries'].map((name) => `webhook.${name}`),
  ...['token.issueAccessToken', 'token.introspectToken'],
  // Last uses, and a person's own language.
  ...['credential.recordUse', 'session.touchSession', 'api-credential.recordCredentialUse', 'identity.rememberLocale'],
  // The event follows once the deletion cannot be undone, by `credential.finishPasskeyDeletions`.
  ...['credential.deleteOwnPasskey', 'credential.undoPasskeyDeletion'],
  ...['identity.rememberSignIn', 'identity.rememberPasskeyInvitation'],
  'picture.replacePicture', // inside identity.setPicture
  // Each identity that it changes has its event.
  ...['bulk.startBulkAction', 'job.startUndoJob', 'job.undoOne'],
  ...['startImpact', 'undoSchemaChange', 'finishSchemaChange'].map((name) => `schema-change.${name}`),
  'identity.undoConflict', // the refusal
  ...['startImport', 'startCheck'].map((name) => `import.${name}`),
  // Uploads that are not imported yet, or no longer needed.
  ...['cancelImport', 'purgeImports', 'removeRefused', 'removeUpload', 'storeRefused'].map((name) => `import.${name}`),
  ...['import.addOutcomes', 'import.changesOf', 'import.recordsOf'], // pure
  // Parts of creations.
  ...['credential.insertPeople', 'identity.insertPrepared'],
  'pairing.beginPairedRegistration',
  // The answer to a request that waits; the event comes with its code. Signs what was written.
  ...['answerConsent', 'storeAuthorization', 'storeRequest', 'answerTokens'].map((name) => `grant.${name}`),
  // Purges of expired rows.
  'grant.purgeGrants',
  'pairing.purgePairings',
  ...[
    'credential.purgeChallenges',
    'session.purgeExpiredSessions',
    'session.purgeKnownBrowsers',
    'verification.purgeVerifications',
  ],
  ...[
    'invitation.purgeInvitations',
    'mail.purgeFinishedMail',
    'rate-limit.purgeRateLimits',
    'token.purgeRevokedTokens',
  ],
  ...['idempotency.purgeIdempotencyKeys', 'identity.purgeEmailChanges', 'verification.purgeReturnPaths'],
  // The rest of a deletion that has its event, in the job and on the command line.
  ...['project.removeContents', 'project.finishDeletion', 'queue.queuedJob'],
  // Deletes events and records that in one: lib/project/service/retention.test.ts.
  ...['audit.purgeEvents', 'project.purgeAuditEvents'],
  // Parts of a write listed above, in its transaction.
  ...[
    'identity.purgeDeleted',
    'identity.touchIdentity',
    'credential.storePasskey',
    'credential.notifyHolder',
    'invitation.register',
  ],
  ...['identity.moveIdentities', 'schema.removeSchema'],
  ...['role.assignRole', 'role.deleteAssignment', 'session.endRow'],
  ...['issueInvitation', 'consumeInvitation', 'revokeInvitationsTo'].map((name) => `invitation.${name}`),
  ...['recovery-code.consumeRecoveryCode', 'recovery-code.endRecoveryCodes', 'recovery-code.notifyHolder'],
  ...['recovery-code.carryRecoveryCodes', 'session.createAlert'],
  // Parts of sign-out, deactivation, deletion and sign-in.
  ...['Application', 'Grant', 'Identity', 'Session', 'Sessions'].map((whose) => `application-session.endOf${whose}`),
  'application-session.moveApplicationSessions',
  // The outbox of logout notices; an abandoned notice has its event: lib/grant/service/deliver-logout.test.ts.
  ...['grant.introspectPersonToken', 'grant.deliverDueNotices'],
  ...['recordNoticeSuccess', 'recordNoticeFailure'].map((name) => `application-session.${name}`),
  ...['purgeApplicationSessions', 'purgeLogoutNotices'].map((name) => `application-session.${name}`),
  'credential.recordRefusal', // nothing but the event
  ...[
    'session.endRow',
    'verification.completeSignIn',
    'verification.endRecovery',
    ...['recordEmailChange', 'consumeEmailChange', 'endEmailChanges'].map((name) => `identity.${name}`),
    ...['verification.offerUndo', 'credential.removePasskeys'],
    'verification.proveRecoveryCode',
    'verification.notifyOfRecovery',
    'mail.admitNewcomerMail',
    'verification.endAllPending',
    'operator.notifyPromoted',
    'operator.revokePriorAccess',
    'credential.removePasskeys',
    'schema.insertDefaultSchema',
    'project.changeProject',
    ...['project.assignOrigin', 'project.changeDomains', 'project.insertClaim'],
    'token.changeState',
    'token.recordTokenRevocation',
  ],
  ...[
    'token.rotateDueKeys',
    'token.ensureCurrentKey',
    'token.signingKey',
    'audit.recordEvent',
    'audit.recordEvents',
    'audit.blankEvents',
  ],
  ...['project.settingsOf', 'job.undoOf'], // pure
  // At the first start there is no project yet whose history could record it.
  ...['invitation.ensureSetupLink', 'project.ensureFirstProject', 'schema.ensureDefaultSchema'],
]);
