import type { TranslatedNamespace } from '../../catalogue';

export const consoleOverview: TranslatedNamespace<'consoleOverview'> = {
  title: 'Übersicht',
  help: 'Was Programme über dieses Projekt wissen müssen und wie es um das Projekt steht.',
  endpoints: {
    title: 'Für Programme',
    help: 'Jeder Aufruf steht in der <reference>API-Referenz</reference>. Ein Programm braucht eigene <access>API-Zugangsdaten</access>; dort stehen auch die curl-Befehle für den Anfang. Die <schemas>Identitätsschemas</schemas> sind öffentlich.',
    domain: 'Domain',
    copyDomain: 'Domain kopieren',
    tokenEndpoint: 'Token-Endpunkt',
    copyTokenEndpoint: 'Token-Endpunkt kopieren',
    audience: 'Audience',
    copyAudience: 'Audience kopieren',
  },
  numbers: {
    title: 'In Zahlen',
    users: 'Benutzer',
    usersHelp: '{active, number} aktiv, {inactive, number} inaktiv',
    adoption: 'Passkey-Verbreitung',
    adoptionHelp:
      '{holders, number} von {users, plural, one {# Benutzer} other {# Benutzern}} {holders, plural, one {hat} other {haben}} einen Passkey',
    sessions: 'Aktive Sitzungen',
    sessionsHelp: '{days, plural, one {Am letzten Tag} other {In den letzten # Tagen}} benutzt',
    about: 'Etwa {count}',
    credentials: 'API-Zugangsdaten',
    credentialsHelp: 'Weder widerrufen noch abgelaufen',
  },
  signIns: {
    title: 'Anmeldungen',
    help: 'Nach Methode, in den letzten {days, number} Tagen. Ein Tag beginnt um Mitternacht UTC.',
    label: 'Anmeldungen nach Methode in den letzten {days, number} Tagen: {numbers}',
    empty: 'In den letzten {days, number} Tagen hat sich niemand angemeldet.',
    showTable: 'Als Tabelle zeigen',
    table: 'Anmeldungen nach Tag und Methode',
    day: 'Tag',
    total: 'Alle',
    methods: { passkey: 'Passkey', code: 'Code', link: 'Link', other: 'Andere' },
  },
  events: {
    title: 'Letzte Ereignisse',
    all: 'Audit-Log',
    empty: 'Hier ist noch nichts geschehen.',
  },
};
