import type { TranslatedNamespace } from '../../catalogue';

export const activity: TranslatedNamespace<'activity'> = {
  by: {
    operator: 'durch einen Administrator',
    program: 'über die API',
    system: 'automatisch',
  },
  identity: {
    created: 'Konto angelegt',
    updated: 'Kontoeinstellungen geändert',
    deleted: 'Konto gelöscht',
    invited: 'Einladung zur Registrierung gesendet',
    invitation_revoked: 'Einladung zur Registrierung zurückgezogen',
    email_changed: 'E-Mail-Adresse in {email} geändert',
    address_verified: 'E-Mail-Adresse {email} bestätigt',
    email_change_undone: 'Änderung der E-Mail-Adresse rückgängig gemacht',
    identifier_displaced: 'Ihre E-Mail-Adresse gehört jetzt zu einem älteren Konto mit derselben Adresse',
    recovery_issued: 'Wiederherstellungslink erstellt',
    activated: 'Konto aktiviert',
    deactivated: 'Konto deaktiviert',
  },
  session: {
    started:
      'Angemeldet{method, select, passkey { mit einem Passkey} code { mit einem Code per E-Mail} link { mit einem Link per E-Mail} recovery { mit einem Wiederherstellungslink oder -code} setup { bei der Einrichtung} other {}}',
    replaced:
      'Identität bestätigt{method, select, passkey { mit einem Passkey} code { mit einem Code per E-Mail} link { mit einem Link per E-Mail} other {}}',
    ended: '{device} abgemeldet',
    ended_unknown: 'Ein unbekanntes Gerät abgemeldet',
    ended_limit: '{device} abgemeldet: zu viele Sitzungen',
    ended_others: '{count, plural, one {Eine andere Sitzung} other {# andere Sitzungen}} abgemeldet',
    ended_all: 'Überall abgemeldet: {count, plural, one {eine Sitzung} other {# Sitzungen}}',
  },
  sign_in: {
    refused:
      '{purpose, select, step_up {Versuch, Ihre Identität zu bestätigen, fehlgeschlagen} email_change {Versuch, die E-Mail-Adresse zu ändern, fehlgeschlagen} other {Anmeldeversuch fehlgeschlagen}}',
    disowned: 'Anmeldung als fremd gemeldet und beendet',
  },
  refusal: {
    code_wrong: 'falscher Code',
    inactive_identity: 'Konto deaktiviert',
    ceremony_expired: 'Antwort kam zu spät',
  },
  passkeyRefusal: {
    malformed_response: 'Antwort nicht lesbar',
    wrong_ceremony: 'Antwort auf eine andere Art von Anfrage',
    wrong_challenge: 'Antwort auf eine andere Anfrage',
    wrong_origin: 'Passkey auf einer anderen Website verwendet',
    framed: 'Passkey auf einer Seite verwendet, die in eine andere Website eingebettet ist',
    wrong_rp_id: 'Passkey für eine andere Domain',
    user_not_present: 'keine Bestätigung am Gerät',
    user_not_verified: 'Fingerabdruck, Gesicht oder PIN am Gerät nicht geprüft',
    impossible_backup_state: 'widersprüchliche Angaben zur Sicherung',
    changed_backup_eligibility: 'geänderte Angabe zur Synchronisierbarkeit',
    attestation_format: 'Attestation-Format nicht akzeptiert',
    unsupported_algorithm: 'Signaturverfahren nicht unterstützt',
    unusable_key: 'öffentlicher Schlüssel nicht verwendbar',
    wrong_credential_id: 'ID des Passkeys stimmt nicht überein',
    wrong_user: 'Passkey eines anderen Kontos',
    wrong_signature: 'falsche Signatur',
  },
  passkey: {
    invited: 'Einladung zum Hinzufügen eines Passkeys verschickt',
    added: 'Passkey „{name}“ hinzugefügt',
    renamed: 'Passkey „{before}“ in „{name}“ umbenannt',
    deleted: 'Passkey „{name}“ gelöscht',
    refused: 'Neuer Passkey abgelehnt',
    counter_warning: 'Ungewöhnliche Verwendung des Passkeys „{name}“: Er könnte kopiert worden sein',
  },
  recovery_code: {
    created: 'Wiederherstellungscodes erstellt',
    used: 'Wiederherstellungscode verwendet: {left, plural, =0 {keiner übrig} one {einer übrig} other {# übrig}}',
    revoked: 'Wiederherstellungscodes gelöscht',
  },
  pairing: {
    started: 'Code für ein anderes Gerät angezeigt',
    requested: 'Ein anderes Gerät wollte einen Passkey hinzufügen: {device}',
    confirmed: 'Anderes Gerät bestätigt: {device}',
    ended: '{reason, select, refused {Anderes Gerät abgelehnt} other {Code für ein anderes Gerät abgebrochen}}',
  },
  operator: {
    added: 'Sie sind jetzt Operator',
    invited: 'Operator eingeladen',
    invitation_revoked: 'Einladung eines Operators zurückgezogen',
    role_changed:
      'Ihre Rolle als Operator ist jetzt {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {eine andere}}',
    removed: 'Sie sind nicht mehr Operator von {organization}',
  },
  api_credential: {
    created: 'API-Zugang „{name}“ angelegt',
    updated: 'API-Zugang „{name}“ geändert',
    rotated: 'Secret des API-Zugangs „{name}“ rotiert',
    revoked: 'API-Zugang „{name}“ widerrufen',
  },
  access_token: { revoked: 'Zugriffstoken des API-Zugangs „{name}“ widerrufen' },
  schema: { created: 'Schema „{name}“ erstellt', updated: 'Neue Version des Schemas „{name}“' },
  signing_key: {
    created: 'Signaturschlüssel erstellt',
    rotated: 'Signaturschlüssel rotiert',
    revoked: 'Signaturschlüssel widerrufen',
  },
  audit_event: { purged: 'Abgelaufene Audit-Ereignisse gelöscht' },
  project: {
    created: 'Projekt „{name}“ angelegt',
    updated: 'Einstellungen des Projekts „{name}“ geändert',
    deleted: 'Projekt „{name}“ gelöscht',
  },
  organization: {
    created: 'Organisation „{name}“ angelegt',
    updated: 'Organisation „{name}“ geändert',
    deleted: 'Organisation „{name}“ gelöscht',
  },
  other: 'Konto geändert',
};
