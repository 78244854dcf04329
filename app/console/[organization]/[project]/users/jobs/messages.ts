/** Texts of the dialog that counts and confirms. */
export const BULK_DIALOG_MESSAGES = [
  'consoleUsers.bulk.actions',
  'consoleUsers.bulk.title',
  'consoleUsers.bulk.body',
  'consoleUsers.bulk.unchanged',
  'consoleUsers.bulk.leftOut',
  'consoleUsers.bulk.counting',
  'consoleUsers.bulk.nothing',
  'consoleUsers.bulk.notCounted',
  'consoleUsers.bulk.faults',
  'consoleUsers.bulk.fault',
  'consoleUsers.bulk.invalid',
  'consoleUsers.bulk.samples',
  'consoleUsers.bulk.sample',
  'consoleUsers.bulk.none',
  'common.typedConfirmation',
] as const;
