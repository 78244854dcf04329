import { activity } from './en/activity';
import { authorize } from './en/authorize';
import { common } from './en/common';
import { console } from './en/console';
import { consoleApplications } from './en/console-applications';
import { consoleAudit } from './en/console-audit';
import { consoleCredentials } from './en/console-credentials';
import { consoleDomains } from './en/console-domains';
import { consoleGroups } from './en/console-groups';
import { consoleImport } from './en/console-import';
import { consoleJobs } from './en/console-jobs';
import { consoleOverview } from './en/console-overview';
import { consoleProjects } from './en/console-projects';
import { consoleRecycleBin } from './en/console-recycle-bin';
import { consoleSchemaChange } from './en/console-schema-change';
import { consoleSchemaEditor } from './en/console-schema-editor';
import { consoleSchemas } from './en/console-schemas';
import { consoleTexts } from './en/console-texts';
import { consoleUndo } from './en/console-undo';
import { consoleUsers } from './en/console-users';
import { consoleWebhooks } from './en/console-webhooks';
import { errors } from './en/errors';
import { login } from './en/login';
import { mail } from './en/mail';
import { pairing } from './en/pairing';
import { personalData } from './en/personal-data';
import { picture } from './en/picture';
import { profile } from './en/profile';
import { recoveryCodes } from './en/recovery-codes';
import { reference } from './en/reference';
import { settings } from './en/settings';
import { setup } from './en/setup';
import { signInAlert } from './en/sign-in-alert';
import { signOut } from './en/sign-out';
import { undo } from './en/undo';

/** English is the measure: its keys and arguments are what the other languages must have. */
export const en = {
  activity,
  authorize,
  common,
  console,
  consoleUndo,
  consoleUsers,
  consoleApplications,
  consoleGroups,
  consoleCredentials,
  consoleProjects,
  consoleDomains,
  consoleJobs,
  consoleImport,
  consoleOverview,
  consoleAudit,
  consoleRecycleBin,
  consoleSchemaChange,
  consoleSchemaEditor,
  consoleSchemas,
  consoleTexts,
  consoleWebhooks,
  errors,
  login,
  mail,
  personalData,
  pairing,
  picture,
  profile,
  recoveryCodes,
  reference,
  settings,
  setup,
  signInAlert,
  signOut,
  undo,
} as const;
