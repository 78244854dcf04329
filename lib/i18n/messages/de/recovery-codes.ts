import type { TranslatedNamespace } from '../../catalogue';

export const recoveryCodes: TranslatedNamespace<'recoveryCodes'> = {
  title: 'Wiederherstellungscodes',
  help: 'Mit jedem Code können Sie sich einmal anmelden, wenn Sie Ihre Geräte und Ihr Postfach verlieren. Bewahren Sie sie auf Papier oder an einem sicheren Ort auf.',
  none: 'Sie haben keine Wiederherstellungscodes.',
  encouraged:
    'Sie haben keine Wiederherstellungscodes. Erstellen Sie jetzt welche, damit Sie sich beim Verlust Ihrer Geräte nicht aussperren.',
  left: '{left, plural, =0 {Kein Code ist übrig} one {Ein Code ist übrig} other {# Codes sind übrig}} von {total}, erstellt {date}.',
  few: '{left, plural, =0 {Alle Codes sind verbraucht. Erstellen Sie neue.} one {Nur noch ein Code ist übrig. Erstellen Sie bald neue.} other {Nur noch # Codes sind übrig. Erstellen Sie bald neue.}}',
  set: 'Wiederherstellungscodes einrichten',
  manage: 'Wiederherstellungscodes verwalten',
  back: 'Zurück zu Konto & Sicherheit',
  about:
    'Mit Ihrer E-Mail-Adresse und einem von zehn Codes können Sie sich ohne Passkey und ohne E-Mail anmelden. Jeder Code funktioniert einmal. Wer einen Code hat und Ihre Adresse kennt, kann ihn verwenden.',
  create: 'Wiederherstellungscodes erstellen',
  replace: 'Neue Codes erstellen',
  replaceHelp: 'Neue Codes ersetzen die früheren, die dann nicht mehr funktionieren.',
  replaceDialog: {
    title: 'Neue Wiederherstellungscodes erstellen?',
    body: '{left, plural, =0 {Ihre früheren Codes sind alle verbraucht.} one {Ihr verbliebener Code funktioniert dann nicht mehr.} other {Ihre # verbliebenen Codes funktionieren dann nicht mehr.}}',
  },
  remove: 'Codes löschen',
  removeDialog: {
    title: 'Ihre Wiederherstellungscodes löschen?',
    body: '{left, plural, =0 {Sie sind alle verbraucht.} one {Ihr verbliebener Code funktioniert dann nicht mehr.} other {Ihre # verbliebenen Codes funktionieren dann nicht mehr.}} Ihre Passkeys und die Anmeldung per E-Mail funktionieren weiter.',
    confirm: 'Löschen',
  },
  removed: 'Ihre Wiederherstellungscodes sind gelöscht.',
  made: {
    title: 'Ihre neuen Wiederherstellungscodes',
    once: 'Sie werden nur jetzt angezeigt. Drucken oder laden Sie sie herunter, bevor Sie diese Seite verlassen.',
    list: 'Wiederherstellungscodes',
    print: 'Drucken',
    download: 'Als Text herunterladen',
    copy: 'Alle kopieren',
    done: 'Ich habe sie gesichert',
    fileTitle: 'Wiederherstellungscodes für {project}',
    fileHelp:
      'Zum Anmelden öffnen Sie {address} und geben Ihre E-Mail-Adresse und einen dieser Codes ein. Jeder Code funktioniert einmal.',
    fileDate: 'Erstellt am {date}. Neue Codes ersetzen diese.',
  },
};
