import type { TranslatedNamespace } from '../../catalogue';

export const consoleOverview: TranslatedNamespace<'consoleOverview'> = {
  title: 'Übersicht',
  help: 'Benutzer, Anmeldungen und Aktivität dieses Projekts.',
  firstSteps: {
    title: 'Nächste Schritte',
    help: 'Jeder Schritt wird abgehakt, sobald er erledigt ist.',
    hide: 'Ausblenden',
    done: 'Erledigt',
    mail: {
      title: 'Mailserver verbinden',
      help: 'Bis SMTP_URL gesetzt ist, werden Anmeldecodes und Einladungen auf dem Server in Dateien abgelegt statt gesendet.',
      doneHelp: 'Darüber werden Anmeldecodes und Einladungen gesendet.',
      action: 'E-Mail-Einstellungen',
    },
    user: {
      title: 'Ersten Benutzer hinzufügen',
      help: 'Legen Sie ein Konto an oder senden Sie eine Einladung.',
      doneHelp: 'Dieses Projekt hat Benutzer.',
      action: 'Neuer Benutzer',
    },
    credential: {
      title: 'API-Zugang anlegen',
      help: 'Damit verwaltet Ihre Anwendung Benutzer.',
      doneHelp: 'Ihre Anwendung kann Benutzer verwalten.',
      action: 'API-Zugänge',
    },
  },
  endpoints: {
    title: 'API-Zugriff',
    help: 'Jeder Aufruf ist in der <reference>API-Referenz</reference> beschrieben. Für Aufrufe braucht ein Client einen <access>API-Zugang</access>; auf dessen Seite stehen fertige curl-Befehle. Die <schemas>Identitätsschemas</schemas> sind öffentlich.',
    domain: 'Domain',
    copyDomain: 'Domain kopieren',
    tokenEndpoint: 'Token-Endpunkt',
    copyTokenEndpoint: 'Token-Endpunkt kopieren',
    audience: 'Audience',
    copyAudience: 'Audience kopieren',
  },
  numbers: {
    title: 'Auf einen Blick',
    users: 'Benutzer',
    usersHelp: '{active, number} aktiv, {inactive, number} inaktiv',
    adoption: 'Passkey-Verbreitung',
    adoptionHelp:
      '{holders, number} von {users, plural, one {# aktiven Benutzer} other {# aktiven Benutzern}} {holders, plural, one {hat} other {haben}} einen Passkey',
    adoptionUncounted: 'Wird gezählt',
    sessions: 'Aktive Sitzungen',
    sessionsHelp: '{days, plural, one {Am letzten Tag} other {In den letzten # Tagen}} verwendet',
    about: 'Etwa {count}',
    credentials: 'API-Zugänge',
    credentialsHelp: 'Weder widerrufen noch abgelaufen',
  },
  passkeys: {
    title: 'Passkeys',
    help: 'Womit sich aktive Benutzer anmelden, und wer von einem einzigen Gerät abhängt.',
    uncounted: 'Wird gezählt. Die Zahlen erscheinen hier in wenigen Minuten.',
    empty: 'Noch keine aktiven Benutzer.',
    headline: {
      lockedOut:
        '{count, plural, one {Eine Person ist} other {# Personen sind}} nach dem Verlust eines Geräts ausgesperrt: ein Passkey, nur auf einem Gerät, und keine E-Mail-Adresse für einen Anmeldecode.',
      byMail:
        '{count, plural, one {Eine Person hat} other {# Personen haben}} einen Passkey, nur auf einem Gerät. Ohne dieses Gerät hilft nur noch ein Code per E-Mail.',
      operators:
        '{count, plural, one {Eine davon ist Operator und könnte} other {# davon sind Operatoren und könnten}} dann keine Änderungen in der Konsole mehr bestätigen.',
      onlyWithout:
        'Niemand hängt von einem einzigen Gerät ab. Manche haben keinen Passkey und melden sich mit einem Code per E-Mail an.',
      fine: 'Alle haben einen synchronisierten Passkey oder mehrere.',
    },
    groups: {
      without: 'Kein Passkey: Anmeldung mit einem Code per E-Mail',
      oneDevice: 'Ein Passkey, nur auf einem Gerät',
      oneSynced: 'Ein Passkey, auf mehreren Geräten synchronisiert',
      several: 'Zwei oder mehr Passkeys',
      show: { none: 'Benutzer ohne Passkey anzeigen', one_device: 'Benutzer mit einem Gerät anzeigen' },
      invite: {
        none: 'Zu einem Passkey einladen: Benutzer ohne Passkey',
        one_device: 'Zu einem Passkey einladen: Benutzer mit einem Gerät',
      },
    },
    synced: '{share} der Benutzer mit Passkey haben einen synchronisierten.',
    counted: 'Gezählt <date></date>.',
  },
  signIns: {
    title: 'Anmeldungen',
    help: 'Nach Methode, in den letzten {days, number} Tagen. Tage in UTC.',
    label: 'Anmeldungen nach Methode in den letzten {days, number} Tagen: {numbers}',
    empty: 'Keine Anmeldungen in den letzten {days, number} Tagen.',
    showTable: 'Als Tabelle anzeigen',
    table: 'Anmeldungen nach Tag und Methode',
    day: 'Tag',
    total: 'Gesamt',
    methods: { passkey: 'Passkey', code: 'Code', link: 'Link', other: 'Andere' },
  },
  events: {
    title: 'Letzte Ereignisse',
    all: 'Audit-Log',
    empty: 'Noch keine Ereignisse.',
  },
};
