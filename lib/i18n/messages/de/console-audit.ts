import type { TranslatedNamespace } from '../../catalogue';

export const consoleAudit: TranslatedNamespace<'consoleAudit'> = {
  title: 'Audit-Log',
  help: 'Jede Änderung in diesem Projekt, festgehalten zusammen mit der Änderung selbst. Hier lässt sich nichts bearbeiten.',
  filters: 'Ereignisse filtern',
  apply: 'Anwenden',
  type: 'Typ',
  any: 'Alle',
  kind: 'Durch',
  actor: 'Handelnde Person oder Programm',
  actorPlaceholder: 'E-Mail, Client-ID oder ID',
  user: 'Benutzer',
  userPlaceholder: 'E-Mail oder ID',
  from: 'Von',
  to: 'Bis',
  utc: 'Tage und Zeiten in UTC.',
  export: 'Als JSON-Zeilen exportieren',
  event: 'Ereignis',
  time: 'Zeit',
  address: 'Adresse',
  empty: 'In diesem Projekt ist noch nichts geschehen.',
  noMatch: 'Kein Ereignis passt zu diesen Filtern.',
  unknownActor: 'Niemand mit diesem Namen oder dieser ID ist hier bekannt, also kann kein Ereignis passen.',
  detail: {
    title: 'Ereignis',
    happened: 'Was geschah',
    type: 'Typ',
    time: 'Zeit',
    actor: 'Durch',
    user: 'Benutzer',
    address: 'Adresse des Clients',
    request: 'Anfrage-ID',
    id: 'Ereignis-ID',
    raw: 'Als JSON',
    none: 'Nicht festgehalten',
    onlySuch: 'Nur solche Ereignisse zeigen',
    ofUser: 'Alle Ereignisse dieses Benutzers',
  },
  changes: { title: 'Geänderte Felder', field: 'Feld', before: 'Vorher', after: 'Nachher', nothing: 'Nichts' },
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
      invitation_revoked: 'Eine Einladung zur Registrierung wurde zurückgenommen',
      address_verified: 'Eine Adresse von {subject} wurde bestätigt',
      email_change_undone:
        'Die Änderung der E-Mail-Adresse von {subject} wurde von der früheren Adresse aus rückgängig gemacht',
      identifier_displaced:
        'Mit einer Adresse von {subject} meldet man sich jetzt an einem älteren Konto mit derselben Adresse an',
      recovery_issued: 'Für {subject} wurden ein Wiederherstellungslink und ein Code erzeugt',
    },
    identity_change: {
      activated: '{subject} wurde aktiviert',
      deactivated: '{subject} wurde deaktiviert',
      verified: '{email} von {subject} wurde bestätigt',
      unverified: '{email} von {subject} gilt nicht mehr als bestätigt',
      changed: '{subject} wurde geändert',
      fields: '{subject}: {fields} {count, plural, one {wurde} other {wurden}} geändert',
    },
    session: {
      started:
        '{subject} hat sich angemeldet{method, select, passkey { (Passkey)} code { (Code per E-Mail)} link { (Link per E-Mail)} recovery { (Wiederherstellung)} setup { (bei der Einrichtung)} other {}}',
      replaced:
        '{subject} hat bestätigt, wer da ist{method, select, passkey { (Passkey)} code { (Code per E-Mail)} link { (Link per E-Mail)} other {}}',
      ended: 'Eine Sitzung von {subject} wurde beendet',
    },
    sign_in: { refused: 'Eine Anmeldung als {subject} wurde abgelehnt' },
    passkey: {
      added: '{subject} hat einen neuen Passkey „{name}“',
      renamed: 'Passkey „{before}“ von {subject} heißt jetzt „{name}“',
      deleted: 'Passkey „{name}“ von {subject} wurde gelöscht',
      refused: 'Ein neuer Passkey für {subject} wurde abgelehnt',
      counter_warning: 'Passkey „{name}“ von {subject} verhielt sich ungewöhnlich: Er könnte kopiert worden sein',
    },
    operator: {
      added:
        '{subject} hat jetzt die Rolle {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}',
      invited:
        'Jemand wurde als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen',
      invitation_revoked:
        'Eine Einladung als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} wurde zurückgenommen',
      role_changed:
        '{subject} ist jetzt {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}',
      removed: '{subject} ist kein Operator mehr',
    },
    api_credential: {
      created: 'API-Zugang „{name}“ wurde angelegt',
      updated: 'API-Zugang „{name}“ wurde geändert',
      rotated: 'API-Zugang „{name}“ hat ein neues Secret',
      revoked: 'API-Zugang „{name}“ wurde widerrufen',
    },
    access_token: { revoked: 'Ein Access-Token des API-Zugangs „{name}“ wurde widerrufen' },
    schema: { created: 'Schema „{name}“ wurde erstellt', updated: 'Schema „{name}“ hat eine neue Version' },
    signing_key: {
      created: 'Ein Signaturschlüssel wurde erzeugt',
      rotated: 'Die Signaturschlüssel wurden gewechselt',
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
