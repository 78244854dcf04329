import type { TranslatedNamespace } from '../../catalogue';

export const undo: TranslatedNamespace<'undo'> = {
  saved: 'Änderungen gespeichert.',
  done: 'Die Änderung wurde rückgängig gemacht.',
  refused: 'Diese Änderung wurde nicht rückgängig gemacht',
  before: 'Vor der Änderung',
  after: 'Nach der Änderung',
  now: 'Jetzt',
  notSet: 'Nicht gesetzt',
  laterChange: 'Spätere Änderung anzeigen',
};
