import type { TranslatedNamespace } from '../../catalogue';

export const activity: TranslatedNamespace<'activity'> = {
  from: 'von {device}',
  by: {
    operator: 'durch einen Administrator',
    program: 'durch ein Programm mit Zugriff auf diesen Dienst',
    system: 'durch den Dienst selbst',
  },
  identity: {
    created: 'Konto angelegt',
    updated: 'Kontoeinstellungen geändert',
    deleted: 'Konto gelöscht',
    invited: 'Jemand wurde eingeladen, sich zu registrieren',
    invitation_revoked: 'Eine Einladung zur Registrierung wurde zurückgenommen',
    email_changed: 'E-Mail-Adresse in {email} geändert',
    address_verified: 'E-Mail-Adresse {email} bestätigt',
    email_change_undone: 'Die Änderung Ihrer E-Mail-Adresse wurde rückgängig gemacht',
    identifier_displaced:
      'Mit Ihrer E-Mail-Adresse meldet man sich jetzt an einem anderen Konto mit derselben Adresse an',
    recovery_issued: 'Ein Administrator hat einen Link erzeugt, der Sie einmal anmeldet',
    activated: 'Konto eingeschaltet',
    deactivated: 'Konto ausgeschaltet',
  },
  session: {
    started:
      'Angemeldet {method, select, passkey {mit einem Passkey} code {mit einem Code aus Ihrer E-Mail} link {mit einem Link aus Ihrer E-Mail} recovery {mit einem Link oder Code von einem Administrator} setup {bei der Einrichtung} other {}}',
    replaced:
      'Identität bestätigt {method, select, passkey {mit einem Passkey} code {mit einem Code aus Ihrer E-Mail} link {mit einem Link aus Ihrer E-Mail} other {}}',
    ended: '{device} abgemeldet',
  },
  sign_in: {
    refused: 'Eine Anmeldung wurde abgelehnt',
  },
  passkeyRefusal: {
    malformed_response: 'Die Antwort war nicht lesbar',
    wrong_ceremony: 'Die Antwort gehört zu einer anderen Art von Anfrage',
    wrong_challenge: 'Die Antwort gehört zu einer anderen Anfrage',
    wrong_origin: 'Er wurde auf einer anderen Website verwendet',
    framed: 'Er wurde auf einer Seite verwendet, die in eine andere Website eingebettet ist',
    wrong_rp_id: 'Er gehört zu einer anderen Domain',
    user_not_present: 'Am Gerät wurde nichts bestätigt',
    user_not_verified: 'Das Gerät hat weder Fingerabdruck noch Gesicht oder PIN geprüft',
    impossible_backup_state: 'Seine Angaben zur Sicherung widersprechen sich',
    changed_backup_eligibility: 'Seine Angabe, ob er gesichert werden kann, hat sich geändert',
    attestation_format: 'Sein Attestation-Format wird nicht akzeptiert',
    unsupported_algorithm: 'Sein Signaturverfahren wird nicht unterstützt',
    unusable_key: 'Sein öffentlicher Schlüssel ist nicht verwendbar',
    wrong_credential_id: 'Seine ID stimmt nicht überein',
    wrong_user: 'Er gehört zu einem anderen Konto',
    wrong_signature: 'Seine Signatur ist falsch',
  },
  passkey: {
    added: 'Passkey „{name}“ hinzugefügt',
    renamed: 'Passkey „{before}“ in „{name}“ umbenannt',
    deleted: 'Passkey „{name}“ gelöscht',
    refused: 'Ein neuer Passkey wurde abgelehnt',
    counter_warning: 'Passkey „{name}“ verhielt sich ungewöhnlich: Er könnte kopiert worden sein',
  },
  operator: {
    added: 'Sie gehören jetzt zu den Betreibern dieses Dienstes',
    invited: 'Jemand wurde als Betreiber eingeladen',
    invitation_revoked: 'Die Einladung eines Betreibers wurde zurückgenommen',
    role_changed:
      'Ihre Rolle als Betreiber ist jetzt {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {eine andere}}',
    removed: 'Sie gehören nicht mehr zu den Betreibern von {organization}',
  },
  api_credential: {
    created: 'API-Zugang „{name}“ angelegt',
    updated: 'API-Zugang „{name}“ geändert',
    rotated: 'Geheimnis des API-Zugangs „{name}“ ersetzt',
    revoked: 'API-Zugang „{name}“ widerrufen',
  },
  access_token: { revoked: 'Access-Token des API-Zugangs „{name}“ widerrufen' },
  schema: { created: 'Schema „{name}“ erstellt', updated: 'Neue Version des Schemas „{name}“' },
  signing_key: {
    created: 'Neuer Signaturschlüssel erzeugt',
    rotated: 'Signaturschlüssel gewechselt',
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
  other: 'Etwas in Ihrem Konto hat sich geändert',
};
