import type { TranslatedNamespace } from '../../catalogue';

export const consoleOverview: TranslatedNamespace<'consoleOverview'> = {
  title: 'Übersicht',
  help: 'Endpunkte und Aktivität dieses Projekts.',
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
