import type {} from 'use-intl';
import type { en } from './messages/en';
import type { IntlTag } from './model';

export type Messages = typeof en;
export type Namespace = keyof Messages;

/** The same keys in another language: a missing or extra key does not compile. */
type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };
export type Translated = Words<Messages>;
export type TranslatedNamespace<Name extends Namespace> = Translated[Name];

/** What people see outside the console and the API reference. Translated into every language. */
export const PERSON_NAMESPACES = [
  'activity',
  'authorize',
  'common',
  'errors',
  'login',
  'mail',
  'personalData',
  'pairing',
  'picture',
  'profile',
  'recoveryCodes',
  'settings',
  'setup',
  'signInAlert',
  'signOut',
  'undo',
] as const satisfies Namespace[];
export type PersonNamespace<Name extends (typeof PERSON_NAMESPACES)[number]> = SomeOf<Translated[Name]>;
export type PersonCatalogue = { [Name in (typeof PERSON_NAMESPACES)[number]]: PersonNamespace<Name> };

/** An extra key does not compile; a unit test names missing ones. */
type SomeOf<T> = { [Key in keyof T]?: T[Key] extends string ? string : SomeOf<T[Key]> };

// Keys and arguments of every `t(…)` in the product are checked against the English catalogue.
declare module 'use-intl' {
  interface AppConfig {
    Locale: IntlTag;
    Messages: Messages;
  }
}
