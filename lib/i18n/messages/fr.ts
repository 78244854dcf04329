import type { PersonCatalogue } from '../catalogue';
import { activity } from './fr/activity';
import { authorize } from './fr/authorize';
import { common } from './fr/common';
import { errors } from './fr/errors';
import { login } from './fr/login';
import { mail } from './fr/mail';
import { pairing } from './fr/pairing';
import { personalData } from './fr/personal-data';
import { picture } from './fr/picture';
import { profile } from './fr/profile';
import { recoveryCodes } from './fr/recovery-codes';
import { settings } from './fr/settings';
import { setup } from './fr/setup';
import { signInAlert } from './fr/sign-in-alert';
import { signOut } from './fr/sign-out';
import { undo } from './fr/undo';

/** The person's pages and mails. */
export const fr: PersonCatalogue = {
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
