import type { PersonCatalogue } from '../catalogue';
import { activity } from './es/activity';
import { authorize } from './es/authorize';
import { common } from './es/common';
import { errors } from './es/errors';
import { login } from './es/login';
import { mail } from './es/mail';
import { pairing } from './es/pairing';
import { personalData } from './es/personal-data';
import { picture } from './es/picture';
import { profile } from './es/profile';
import { recoveryCodes } from './es/recovery-codes';
import { settings } from './es/settings';
import { setup } from './es/setup';
import { signInAlert } from './es/sign-in-alert';
import { signOut } from './es/sign-out';
import { undo } from './es/undo';

/** The person's pages and mails. */
export const es: PersonCatalogue = {
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
