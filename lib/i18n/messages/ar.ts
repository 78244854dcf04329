import type { PersonCatalogue } from '../catalogue';
import { activity } from './ar/activity';
import { authorize } from './ar/authorize';
import { common } from './ar/common';
import { errors } from './ar/errors';
import { login } from './ar/login';
import { mail } from './ar/mail';
import { pairing } from './ar/pairing';
import { personalData } from './ar/personal-data';
import { picture } from './ar/picture';
import { profile } from './ar/profile';
import { recoveryCodes } from './ar/recovery-codes';
import { settings } from './ar/settings';
import { setup } from './ar/setup';
import { signInAlert } from './ar/sign-in-alert';
import { signOut } from './ar/sign-out';
import { undo } from './ar/undo';

/** The person's pages and mails. */
export const ar: PersonCatalogue = {
  activity,
  authorize,
  common,
  errors,
  login,
  mail,
  pairing,
  personalData,
  picture,
  profile,
  recoveryCodes,
  settings,
  setup,
  signInAlert,
  signOut,
  undo,
};
