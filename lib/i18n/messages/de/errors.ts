import type { TranslatedNamespace } from '../../catalogue';

export const errors: TranslatedNamespace<'errors'> = {
  invalid_input: 'Einige Angaben sind nicht korrekt. Prüfen Sie sie und versuchen Sie es noch einmal.',
  invalid_traits: 'Einige Felder sind nicht korrekt ausgefüllt. Prüfen Sie die markierten Felder.',
  unknown_schema: 'Diese Art von Profil gibt es nicht mehr. Laden Sie die Seite neu.',
  unauthenticated: 'Sie sind nicht mehr angemeldet. Melden Sie sich an, um fortzufahren.',
  passkey_required:
    'Dafür ist ein Passkey erforderlich. Melden Sie sich mit einem Passkey an, oder fügen Sie unter „Konto & Sicherheit“ einen hinzu.',
  reauthentication_required: 'Bestätigen Sie Ihre Identität, um fortzufahren.',
  forbidden: 'Dazu fehlt Ihnen die Berechtigung. Jemand mit einer höheren Rolle kann das tun.',
  operator_protected: 'Diese Person ist Operator und kann nur in der Konsole geändert werden.',
  address_unverified:
    'Diese Person hat ihre E-Mail-Adresse noch nicht bestätigt. Eine Anmeldung mit einem zugesandten Code bestätigt sie.',
  mailbox_unproven: 'Bestätigen Sie zuerst diese E-Mail-Adresse.',
  promotion_refused:
    'Diese Person kann nicht Operator werden: Die Adresse, mit der sie sich anmeldet, steht in einem Feld, das sie nicht sehen kann. Ändern Sie zuerst ihr Schema.',
  removals_changed: 'Was entfernt wird, hat sich inzwischen geändert. Prüfen Sie es noch einmal.',
  job_undo_impossible: 'Dieser Auftrag lässt sich nicht rückgängig machen.',
  selection_changed: 'Die Auswahl hat sich seit der Zählung geändert. Prüfen Sie die neuen Zahlen.',
  last_owner: 'Eine Organisation braucht mindestens einen Inhaber. Bestimmen Sie zuerst einen weiteren.',
  default_project_protected:
    'Das erste Projekt und seine Organisation gehören zur Installation. Sie lassen sich nicht löschen, und SIGNET_ORIGIN bestimmt ihre Domain.',
  organization_not_empty: 'Diese Organisation hat noch Projekte. Löschen Sie zuerst diese.',
  not_found: 'Das gibt es nicht mehr. Laden Sie die Seite neu.',
  method_not_allowed: 'Diese Adresse nimmt solche Anfragen nicht an.',
  unknown_host: 'Unter dieser Adresse gibt es kein Projekt.',
  unsupported_media_type: 'Diese Art von Inhalt wird nicht unterstützt.',
  payload_too_large: 'Das ist zu groß. Versuchen Sie es mit weniger Inhalt.',
  patch_test_failed: 'Das hat sich inzwischen geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  identifier_taken: 'Diese E-Mail-Adresse wird bereits verwendet. Wählen Sie eine andere.',
  external_id_taken: 'Diese externe ID wird bereits verwendet. Wählen Sie eine andere.',
  restore_conflict: 'Dieser Benutzer kann so nicht wiederhergestellt werden. Prüfen Sie die aufgeführten Gründe.',
  schema_taken: 'Ein Schema mit dieser ID gibt es schon. Wählen Sie eine andere.',
  schema_in_use: 'Dieses Schema wird noch verwendet. Weisen Sie den Benutzern zuerst ein anderes zu.',
  schema_changed: 'Das Schema hat eine neuere Version als die geprüfte. Prüfen Sie die Auswirkungen erneut.',
  default_schema_protected: 'Das Standardschema kann nicht gelöscht werden.',
  group_taken: 'Eine Gruppe mit diesem Namen gibt es schon. Wählen Sie einen anderen.',
  slug_taken: 'Dieser URL-Name wird bereits verwendet. Wählen Sie einen anderen.',
  origin_taken: 'Ein anderes Projekt verwendet diese Domain bereits. Wählen Sie eine andere.',
  version_conflict:
    'Jemand anderes hat das inzwischen geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  undo_conflict: 'Das wurde später noch einmal geändert. Machen Sie zuerst die spätere Änderung rückgängig.',
  undo_impossible:
    'Diese Änderung lässt sich nicht rückgängig machen: Das ist schon geschehen, oder es gibt das Geänderte nicht mehr.',
  precondition_failed:
    'Jemand anderes hat das inzwischen geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  idempotency_key_reused:
    'Dies wurde zweimal mit verschiedenem Inhalt gesendet. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  already_done: 'Dies ist bereits geschehen. Laden Sie die Seite neu, um es zu sehen.',
  rate_limited:
    'Zu viele Versuche. Versuchen Sie es in {minutes, plural, one {einer Minute} other {# Minuten}} noch einmal.',
  overloaded: 'Der Dienst ist gerade ausgelastet. Nichts ist verloren; versuchen Sie es gleich noch einmal.',
  inactive_identity: 'Dieses Konto ist deaktiviert. Ein Administrator kann es wieder aktivieren.',
  recovery_impossible:
    'Dieses Konto lässt sich nicht wiederherstellen: Es ist deaktiviert oder hat keine E-Mail-Adresse.',
  code_wrong:
    '{triesLeft, plural, =0 {Dieser Code ist falsch. Fordern Sie einen neuen an.} one {Dieser Code ist falsch. Sie haben noch einen Versuch.} other {Dieser Code ist falsch. Sie haben noch # Versuche.}}',
  code_used_or_expired:
    'Dieser Code ist nicht mehr gültig: Er wurde bereits verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  recovery_code_wrong:
    'Dieser Code funktioniert nicht. Prüfen Sie den Code und Ihre E-Mail-Adresse: Ein Code funktioniert einmal, und neue Codes ersetzen frühere.',
  recovery_codes_off: 'Wiederherstellungscodes sind hier ausgeschaltet. Melden Sie sich auf anderem Weg an.',
  pairing_code_wrong:
    'Kein Gerät zeigt diesen Code. Prüfen Sie ihn, oder zeigen Sie auf dem anderen Gerät einen neuen an.',
  pairing_ended:
    'Das ist beendet: Es wurde bereits beantwortet, abgebrochen oder ist abgelaufen. Beginnen Sie noch einmal.',
  request_ended: 'Diese Anmeldung ist beendet. Gehen Sie zurück zur Anwendung und beginnen Sie neu.',
  link_used_or_expired:
    'Dieser Link ist nicht mehr gültig: Er wurde bereits verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  invitation_used_or_expired:
    'Dieser Link ist nicht mehr gültig: Er wurde bereits verwendet oder ist abgelaufen. Fordern Sie einen neuen an.',
  ceremony_expired: 'Das hat zu lange gedauert. Beginnen Sie noch einmal.',
  passkey_verification_failed:
    'Dieser Passkey konnte nicht bestätigt werden. Versuchen Sie es noch einmal oder melden Sie sich per E-Mail an.',
  passkey_already_registered: 'Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.',
  passkey_unknown:
    'Dieser Passkey gehört hier zu keinem Konto. Melden Sie sich per E-Mail an und fügen Sie dann einen neuen hinzu.',
  too_many_passkeys: 'Die Höchstzahl an Passkeys ist erreicht. Löschen Sie zuerst einen, den Sie nicht mehr benutzen.',
  too_many_secrets:
    'Die Höchstzahl aktiver Secrets ist erreicht. Warten Sie, bis eines abläuft, widerrufen Sie eines auf der Kommandozeile, oder wählen Sie „Funktioniert ab sofort nicht mehr“.',
  too_many_webhooks:
    'Ein Projekt kann höchstens 20 Webhooks haben. Löschen Sie zuerst einen, den Sie nicht mehr benutzen.',
  webhook_off: 'Dieser Webhook ist ausgeschaltet. Schalten Sie ihn zuerst ein.',
  last_sign_in_method: 'Ohne diesen Passkey können Sie sich nicht anmelden. Fügen Sie zuerst einen weiteren hinzu.',
  internal: 'Bei uns ist etwas schiefgelaufen. Versuchen Sie es gleich noch einmal.',

  /** What the browser finds out by itself. Only these are sent with a page. */
  browser: {
    ceremony_cancelled: 'Abgebrochen. Es hat sich nichts geändert.',
    registration_cancelled: 'Es wurde kein Passkey hinzugefügt.',
    passkeys_unsupported:
      'Dieser Browser unterstützt keine Passkeys. Melden Sie sich per E-Mail an oder verwenden Sie einen anderen Browser.',
    offline:
      'Sie scheinen offline zu sein. Nichts ist verloren; versuchen Sie es noch einmal, sobald Sie verbunden sind.',
    csrf: 'Diese Seite war zu lange geöffnet. Laden Sie sie neu und versuchen Sie es noch einmal.',
    passkey_already_registered: 'Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.',
  },
};
