import type { Translated } from '../catalogue';
import { activity } from './de/activity';
import { authorize } from './de/authorize';
import { common } from './de/common';
import { console } from './de/console';
import { consoleApplications } from './de/console-applications';
import { consoleAudit } from './de/console-audit';
import { consoleCredentials } from './de/console-credentials';
import { consoleDomains } from './de/console-domains';
import { consoleGroups } from './de/console-groups';
import { consoleImport } from './de/console-import';
import { consoleJobs } from './de/console-jobs';
import { consoleOverview } from './de/console-overview';
import { consoleProjects } from './de/console-projects';
import { consoleRecycleBin } from './de/console-recycle-bin';
import { consoleSchemaChange } from './de/console-schema-change';
import { consoleSchemaEditor } from './de/console-schema-editor';
import { consoleSchemas } from './de/console-schemas';
import { consoleTexts } from './de/console-texts';
import { consoleUndo } from './de/console-undo';
import { consoleUsers } from './de/console-users';
import { consoleWebhooks } from './de/console-webhooks';
import { errors } from './de/errors';
import { login } from './de/login';
import { mail } from './de/mail';
import { pairing } from './de/pairing';
import { personalData } from './de/personal-data';
import { picture } from './de/picture';
import { profile } from './de/profile';
import { recoveryCodes } from './de/recovery-codes';
import { reference } from './de/reference';
import { settings } from './de/settings';
import { setup } from './de/setup';
import { signInAlert } from './de/sign-in-alert';
import { signOut } from './de/sign-out';
import { undo } from './de/undo';

export const de: Translated = {
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
};
