import type { PersonCatalogue } from '../catalogue';
import { activity } from './fr/activity';
import { common } from './fr/common';
import { errors } from './fr/errors';
import { login } from './fr/login';
import { mail } from './fr/mail';
import { personalData } from './fr/personal-data';
import { profile } from './fr/profile';
import { settings } from './fr/settings';
import { setup } from './fr/setup';
import { signInAlert } from './fr/sign-in-alert';

/** The person's pages and mails. */
export const fr: PersonCatalogue = {
  activity,
  common,
  errors,
  login,
  mail,
  personalData,
  profile,
  settings,
  setup,
  signInAlert,
};
