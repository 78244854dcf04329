import type { TranslatedNamespace } from '../../catalogue';

export const consoleUndo: TranslatedNamespace<'consoleUndo'> = {
  label: 'Rückgängig machen: {event}',
  title: 'Diese Änderung rückgängig machen?',
  impossible: 'Diese Änderung lässt sich nicht rückgängig machen',
  restored: 'Danach',
  passkeyName: 'Name des Passkeys',
  undone: 'Rückgängig gemacht',
  reasons: {
    conflict:
      'Eine spätere Änderung betraf {count, plural, one {dasselbe Feld} other {dieselben Felder}}. Machen Sie diese zuerst rückgängig.',
    kind: 'Änderungen dieser Art sind endgültig.',
    erased: 'Ihre Werte wurden gelöscht.',
    undone: 'Sie wurde bereits rückgängig gemacht.',
    unchanged: 'Alle Felder haben schon wieder ihren früheren Wert.',
    gone: 'Das Geänderte gibt es nicht mehr.',
    taken: '{value} gehört inzwischen einer anderen Person.',
    schema: 'Das Schema erlaubt die früheren Werte nicht: {fields}.',
  },
  notes: {
    unverified: '{email} ist nicht bestätigt, bis die Person die Adresse erneut bestätigt.',
    notified: 'Die alte und die neue Adresse werden per E-Mail benachrichtigt.',
    active: 'Die Person kann sich wieder anmelden. Frühere Sitzungen, Codes und Links bleiben widerrufen.',
    inactive:
      '{sessions, plural, =0 {Die Person kann sich nicht mehr anmelden.} one {Damit endet eine Sitzung, und die Person kann sich nicht mehr anmelden.} other {Damit enden # Sitzungen, und die Person kann sich nicht mehr anmelden.}}',
  },
};
