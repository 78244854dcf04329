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
      '{holders, number} von {users, plural, one {# Benutzer} other {# Benutzern}} {holders, plural, one {hat} other {haben}} einen Passkey',
    sessions: 'Aktive Sitzungen',
    sessionsHelp: '{days, plural, one {Am letzten Tag} other {In den letzten # Tagen}} verwendet',
    about: 'Etwa {count}',
    credentials: 'API-Zugänge',
    credentialsHelp: 'Weder widerrufen noch abgelaufen',
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
