import type {} from 'use-intl';
import type { en } from './messages/en';
import type { IntlTag } from './model';

export type Messages = typeof en;
export type Namespace = keyof Messages;

/** The same keys in another language: a missing or extra key does not compile. */
type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };
export type Translated = Words<Messages>;
export type TranslatedNamespace<Name extends Namespace> = Translated[Name];

// Keys and arguments of every `t(…)` in the product are checked against the English catalogue.
declare module 'use-intl' {
  interface AppConfig {
    Locale: IntlTag;
    Messages: Messages;
  }
}
