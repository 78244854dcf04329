import type { Translated } from '../catalogue';
import { activity } from './de/activity';
import { common } from './de/common';
import { errors } from './de/errors';
import { login } from './de/login';
import { mail } from './de/mail';
import { profile } from './de/profile';
import { settings } from './de/settings';
import { setup } from './de/setup';

export const de: Translated = { activity, common, errors, login, mail, profile, settings, setup };
