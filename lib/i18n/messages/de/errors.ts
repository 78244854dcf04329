import type { TranslatedNamespace } from '../../catalogue';

export const errors: TranslatedNamespace<'errors'> = {
  invalid_input:
    'Etwas in diesem Formular kann so nicht verwendet werden. Prüfen Sie es und versuchen Sie es noch einmal.',
  invalid_traits: 'Einige Felder können so nicht gespeichert werden. Prüfen Sie die markierten Felder.',
  unknown_schema: 'Diese Art von Profil gibt es nicht mehr. Laden Sie die Seite neu.',
  unauthenticated: 'Sie sind nicht mehr angemeldet. Melden Sie sich an, um fortzufahren.',
  passkey_required:
    'Ein Code per E-Mail genügt hier nicht. Melden Sie sich mit einem Passkey an, oder fügen Sie einen unter „Konto & Sicherheit“ hinzu.',
  reauthentication_required: 'Bestätigen Sie Ihre Identität, dann geht es weiter.',
  forbidden: 'Dazu fehlt Ihnen die Berechtigung. Jemand mit einer höheren Rolle kann das tun.',
  operator_protected: 'Diese Person betreibt den Dienst mit und kann nur in der Konsole geändert werden.',
  address_unverified:
    'Diese Person hat ihre E-Mail-Adresse noch nicht bestätigt. Das geschieht, wenn sie sich mit einem zugesandten Code anmeldet.',
  mailbox_unproven: 'Bestätigen Sie zuerst, dass Sie E-Mails an diese Adresse erhalten.',
  promotion_refused:
    'Diese Person kann nicht Operator werden: Die Adresse, mit der sie sich anmeldet, steht in einem Feld, das sie nicht sehen kann. Ändern Sie zuerst ihr Schema.',
  removals_changed: 'Was dabei entfernt wird, hat sich inzwischen geändert. Prüfen Sie es noch einmal.',
  last_owner: 'Eine Organisation braucht mindestens einen Inhaber. Bestimmen Sie zuerst einen weiteren.',
  default_project_protected:
    'Das erste Projekt und seine Organisation gehören zur Installation selbst. Sie lassen sich nicht löschen, und ihre Domain folgt SIGNET_ORIGIN.',
  organization_not_empty: 'Diese Organisation hat noch Projekte. Löschen Sie zuerst diese.',
  not_found: 'Das ist nicht mehr da. Laden Sie die Seite neu, um den aktuellen Stand zu sehen.',
  method_not_allowed: 'Diese Adresse beantwortet solche Anfragen nicht.',
  unknown_host: 'Unter dieser Adresse antwortet kein Projekt.',
  unsupported_media_type: 'Diese Art von Inhalt wird hier nicht angenommen.',
  payload_too_large: 'Das ist zu viel auf einmal. Senden Sie weniger.',
  patch_test_failed: 'Das hat sich inzwischen geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  identifier_taken: 'Diese E-Mail-Adresse wird bereits verwendet. Wählen Sie eine andere.',
  external_id_taken: 'Diese externe ID wird bereits verwendet. Wählen Sie eine andere.',
  schema_taken: 'Ein Schema dieses Namens gibt es schon.',
  slug_taken: 'Dieser Name steht schon in einer Adresse. Wählen Sie einen anderen.',
  origin_taken: 'Unter dieser Domain antwortet schon ein anderes Projekt. Wählen Sie eine andere.',
  version_conflict:
    'Das wurde inzwischen von jemandem geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  precondition_failed:
    'Das wurde inzwischen von jemandem geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  idempotency_key_reused:
    'Dies wurde zweimal mit verschiedenem Inhalt gesendet. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  already_done: 'Dies ist bereits geschehen. Laden Sie die Seite neu, um es zu sehen.',
  rate_limited:
    'Zu viele Versuche hintereinander. Versuchen Sie es in {minutes, plural, one {einer Minute} other {# Minuten}} noch einmal.',
  overloaded: 'Der Dienst ist gerade ausgelastet. Nichts ist verloren; versuchen Sie es gleich noch einmal.',
  inactive_identity:
    'Dieses Konto ist zurzeit ausgeschaltet. Die Betreiber dieses Dienstes können es wieder einschalten.',
  recovery_impossible:
    'In diesem Konto kann sich niemand anmelden: Es ist ausgeschaltet oder hat keine E-Mail-Adresse.',
  code_wrong:
    '{triesLeft, plural, =0 {Das ist nicht der Code, den wir gesendet haben. Fordern Sie einen neuen an.} one {Das ist nicht der Code, den wir gesendet haben. Sie haben noch einen Versuch.} other {Das ist nicht der Code, den wir gesendet haben. Sie haben noch # Versuche.}}',
  code_used_or_expired:
    'Dieser Code gilt nicht mehr: Er wurde schon verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  recovery_code_wrong:
    'Dieser Code funktioniert nicht: Er enthält einen Tippfehler, wurde schon verwendet oder ist abgelaufen. Prüfen Sie ihn oder bitten Sie um einen neuen.',
  link_used_or_expired:
    'Dieser Link gilt nicht mehr: Er wurde schon verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  invitation_used_or_expired:
    'Dieser Link gilt nicht mehr: Er wurde schon verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  ceremony_expired: 'Das hat etwas zu lange gedauert. Beginnen Sie noch einmal.',
  passkey_verification_failed:
    'Dieser Passkey konnte nicht bestätigt werden. Versuchen Sie es noch einmal oder melden Sie sich per E-Mail an.',
  passkey_already_registered: 'Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.',
  passkey_unknown:
    'Dieser Passkey gehört hier zu keinem Konto. Melden Sie sich per E-Mail an und fügen Sie dann einen neuen hinzu.',
  too_many_passkeys:
    'Mehr Passkeys kann ein Konto nicht aufnehmen. Löschen Sie zuerst einen, den Sie nicht mehr benutzen.',
  too_many_secrets:
    'Es gelten bereits so viele Secrets, wie gleichzeitig gelten dürfen. Warten Sie, bis eines endet, beenden Sie eines auf der Kommandozeile, oder beenden Sie alle sofort.',
  last_sign_in_method: 'Ohne diesen Passkey können Sie sich nicht anmelden. Fügen Sie zuerst einen weiteren hinzu.',
  internal: 'Bei uns ist etwas schiefgelaufen. Versuchen Sie es gleich noch einmal.',
  ceremony_cancelled: 'Abgebrochen. Es hat sich nichts geändert.',
  registration_cancelled: 'Es wurde kein Passkey hinzugefügt.',
  passkeys_unsupported:
    'Dieser Browser unterstützt keine Passkeys. Melden Sie sich per E-Mail an oder verwenden Sie einen anderen Browser.',
  offline:
    'Sie scheinen offline zu sein. Nichts ist verloren; versuchen Sie es noch einmal, sobald Sie verbunden sind.',
  csrf: 'Diese Seite war zu lange geöffnet. Laden Sie sie neu und versuchen Sie es noch einmal.',
};
