import { activity } from './en/activity';
import { common } from './en/common';
import { errors } from './en/errors';
import { login } from './en/login';
import { mail } from './en/mail';
import { profile } from './en/profile';
import { settings } from './en/settings';
import { setup } from './en/setup';

/** English is the measure: its keys and arguments are what the other languages must have. */
export const en = { activity, common, errors, login, mail, profile, settings, setup } as const;
