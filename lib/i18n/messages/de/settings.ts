import type { TranslatedNamespace } from '../../catalogue';

export const settings: TranslatedNamespace<'settings'> = {
  title: 'Kontoeinstellungen',
  personal: {
    title: 'Persönliche Angaben',
    help: 'Wie Sie angesprochen werden. Apps, die Sie mit diesem Konto nutzen, können das sehen.',
  },
  trait: {
    email: 'E-Mail-Adresse',
    first: 'Vorname',
    last: 'Nachname',
    'academic-degree': 'Akademischer Grad',
  },
  saving: 'Wird gespeichert …',
  yes: 'Ja',
  no: 'Nein',
  readOnly: 'Das kann nur ein Administrator ändern.',
  violation: {
    required: 'Füllen Sie das Feld „{field}“ aus.',
    tooLong: 'Verwenden Sie höchstens {max, plural, one {# Zeichen} other {# Zeichen}}.',
    tooShort: 'Verwenden Sie mindestens {min, plural, one {# Zeichen} other {# Zeichen}}.',
    format: 'Prüfen Sie das Format im Feld „{field}“.',
    marks: 'Verwenden Sie weniger Akzente pro Zeichen.',
    choice: 'Wählen Sie einen der aufgeführten Werte.',
    taken: '{field} wird bereits von einem anderen Konto verwendet.',
    json: 'Das ist kein gültiges JSON. Prüfen Sie Anführungszeichen, Kommas und Klammern.',
    other: 'Prüfen Sie das Feld „{field}“.',
  },
  email: {
    title: 'E-Mail-Adresse',
    help: 'Hierhin gehen Anmeldecodes und Sicherheitshinweise.',
    others:
      'Sie können sich auch mit {identifiers} anmelden. Wenn Sie etwas davon nicht kennen, wenden Sie sich an einen Administrator.',
    change: 'E-Mail-Adresse ändern',
    newEmail: 'Neue E-Mail-Adresse',
    send: 'Code senden',
    sent: 'Wir haben einen sechsstelligen Code an {email} gesendet. Die Änderung wird wirksam, sobald Sie ihn eingeben.',
    code: 'Code',
    verify: 'Bestätigen',
    resend: 'Erneut senden',
    changed: 'Ihre E-Mail-Adresse ist jetzt {email}.',
    same: 'Das ist bereits Ihre E-Mail-Adresse.',
    notice: 'Wir benachrichtigen auch {email}, damit Sie es bemerken, falls jemand anderes sie ändert.',
  },
  delete: {
    title: 'Konto löschen',
    help: 'Löscht Ihr Profil, Ihre Passkeys, Sitzungen und gespeicherten Angaben. Das lässt sich nicht rückgängig machen.',
    button: 'Konto löschen',
    dialogTitle: 'Konto löschen?',
    dialogBody:
      '{passkeys, plural, =0 {Das} one {Das löscht einen Passkey,} other {Das löscht # Passkeys,}} beendet {sessions, plural, one {eine Sitzung} other {# Sitzungen}} und entfernt alles, was über Sie gespeichert ist. Das lässt sich nicht rückgängig machen.',
  },
};
