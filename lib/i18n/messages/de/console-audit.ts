import type { TranslatedNamespace } from '../../catalogue';

export const consoleAudit: TranslatedNamespace<'consoleAudit'> = {
  title: 'Audit-Log',
  help: 'Jede Änderung in diesem Projekt, zusammen mit der Änderung selbst aufgezeichnet. Ereignisse lassen sich nicht bearbeiten.',
  filters: 'Ereignisse filtern',
  apply: 'Anwenden',
  type: 'Typ',
  any: 'Alle',
  kind: 'Art des Akteurs',
  actor: 'Akteur',
  actorPlaceholder: 'E-Mail, Client-ID oder ID',
  user: 'Benutzer',
  userPlaceholder: 'E-Mail oder ID',
  from: 'Von',
  to: 'Bis',
  utc: 'Datum und Uhrzeit in UTC.',
  export: 'Als JSON Lines exportieren',
  event: 'Ereignis',
  time: 'Zeit',
  address: 'IP-Adresse',
  empty: 'Noch keine Ereignisse.',
  noMatch: 'Kein Ereignis passt zu diesen Filtern.',
  unknownActor: 'Hier gibt es keinen Akteur mit diesem Namen oder dieser ID, also passt kein Ereignis.',
  detail: {
    title: 'Ereignis',
    happened: 'Was geschehen ist',
    type: 'Typ',
    time: 'Zeit',
    actor: 'Akteur',
    user: 'Benutzer',
    address: 'IP-Adresse',
    request: 'Anfrage-ID',
    raw: 'Als JSON',
    none: 'Nicht aufgezeichnet',
    sameType: 'Nur Ereignisse dieses Typs anzeigen',
    ofUser: 'Alle Ereignisse dieses Benutzers anzeigen',
  },
  changes: { title: 'Geänderte Felder', field: 'Feld', before: 'Vorher', after: 'Nachher', notSet: 'Nicht gesetzt' },
  kinds: {
    operator: 'Operator',
    api_credential: 'API-Zugang',
    identity: 'Der Benutzer selbst',
    cli: 'Kommandozeile',
    system: 'Signet',
  },
  deletedUser: 'Ein gelöschter Benutzer',
  sentence: {
    identity: {
      created: '{subject} wurde angelegt',
      updated: '{subject} wurde geändert',
      deleted: '{subject} wurde endgültig gelöscht',
      invited: 'Jemand wurde eingeladen, sich zu registrieren',
      invitation_revoked: 'Eine Einladung zur Registrierung wurde zurückgezogen',
      address_verified: 'Eine E-Mail-Adresse von {subject} wurde bestätigt',
      email_change_undone:
        'Die Änderung der E-Mail-Adresse von {subject} wurde von der früheren Adresse aus rückgängig gemacht',
      identifier_displaced:
        'Eine E-Mail-Adresse von {subject} gehört jetzt zu einem älteren Konto mit derselben Adresse',
      recovery_issued: 'Für {subject} wurden ein Wiederherstellungslink und ein Code erstellt',
    },
    identity_change: {
      activated: '{subject} wurde aktiviert',
      deactivated: '{subject} wurde deaktiviert',
      verified: '{email} von {subject} wurde bestätigt',
      unverified: '{email} von {subject} ist nicht mehr bestätigt',
      changed: '{subject} wurde geändert',
      fields: '{subject}: {fields} {count, plural, one {wurde} other {wurden}} geändert',
    },
    session: {
      started:
        '{subject} hat sich angemeldet{method, select, passkey { (Passkey)} code { (Code per E-Mail)} link { (Link per E-Mail)} recovery { (Wiederherstellung)} setup { (bei der Einrichtung)} other {}}',
      replaced:
        '{subject} hat die eigene Identität bestätigt{method, select, passkey { (Passkey)} code { (Code per E-Mail)} link { (Link per E-Mail)} other {}}',
      ended: 'Eine Sitzung von {subject} wurde beendet',
    },
    sign_in: { refused: 'Ein Anmeldeversuch als {subject} ist fehlgeschlagen' },
    passkey: {
      added: '{subject} hat den Passkey „{name}“ hinzugefügt',
      renamed: 'Passkey „{before}“ von {subject} wurde in „{name}“ umbenannt',
      deleted: 'Passkey „{name}“ von {subject} wurde gelöscht',
      refused: 'Ein neuer Passkey für {subject} wurde abgelehnt',
      counter_warning:
        'Passkey „{name}“ von {subject} könnte kopiert worden sein: Sein Signaturzähler ist nicht gestiegen',
    },
    operator: {
      added:
        '{subject} hat jetzt die Rolle {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}',
      invited:
        'Jemand wurde als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen',
      invitation_revoked:
        'Eine Einladung als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} wurde zurückgezogen',
      role_changed:
        '{subject} ist jetzt {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}',
      removed: '{subject} ist kein Operator mehr',
    },
    api_credential: {
      created: 'API-Zugang „{name}“ wurde angelegt',
      updated: 'API-Zugang „{name}“ wurde geändert',
      rotated: 'Das Secret des API-Zugangs „{name}“ wurde rotiert',
      revoked: 'API-Zugang „{name}“ wurde widerrufen',
    },
    access_token: { revoked: 'Ein Zugriffstoken des API-Zugangs „{name}“ wurde widerrufen' },
    schema: { created: 'Schema „{name}“ wurde erstellt', updated: 'Schema „{name}“ hat eine neue Version' },
    signing_key: {
      created: 'Ein Signaturschlüssel wurde erstellt',
      rotated: 'Die Signaturschlüssel wurden rotiert',
      revoked: 'Signaturschlüssel {name} wurde widerrufen',
    },
    audit_event: { purged: 'Audit-Ereignisse wurden nach Ablauf ihrer Aufbewahrungsfrist gelöscht' },
    project: {
      created: 'Projekt „{name}“ wurde angelegt',
      updated: 'Einstellungen des Projekts „{name}“ wurden geändert',
      deleted: 'Projekt „{name}“ wurde gelöscht',
    },
    organization: {
      created: 'Organisation „{name}“ wurde angelegt',
      updated: 'Organisation „{name}“ wurde geändert',
      deleted: 'Organisation „{name}“ wurde gelöscht',
    },
  },
};
