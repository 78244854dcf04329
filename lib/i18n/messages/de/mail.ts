import type { TranslatedNamespace } from '../../catalogue';

export const mail: TranslatedNamespace<'mail'> = {
  greeting: 'Guten Tag {name},',
  greetingWithoutName: 'Guten Tag,',
  linkHint: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diesen Link:',
  facts: { time: 'Zeitpunkt', device: 'Gerät', address: 'IP-Adresse', place: 'Ort' },
  device: '{browser} auf {system}',
  unknownDevice: 'Unbekanntes Gerät',
  buttons: {
    signIn: 'Anmelden',
    createAccount: 'Konto erstellen',
    acceptInvitation: 'Einladung annehmen',
    checkAccount: 'Konto prüfen',
    checkSessions: 'Sitzungen prüfen',
    undo: 'Änderung rückgängig machen',
    addPasskey: 'Passkey hinzufügen',
  },
  footer: 'Diese E-Mail ging an {email}, weil es hier eine Aktivität gab:',
  sign_in: {
    subjectWithCode: '{code} ist Ihr Anmeldecode',
    subject: 'Anmeldung bei {project}',
    code: 'Ihr Code für die Anmeldung bei {project}:',
    link: 'Oder öffnen Sie diesen Link, um sich anzumelden:',
    button: 'Anmelden',
    linkOnly: 'Öffnen Sie diesen Link, um sich bei {project} anzumelden:',
    validity:
      'Code und Link funktionieren einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang. Der Code funktioniert nur in dem Browser, in dem Sie ihn angefordert haben.',
    validityLinkOnly: 'Der Link funktioniert einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Geben Sie den Code niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
    ignoreLinkOnly:
      'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Geben Sie den Link niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  registration: {
    subjectWithCode: '{code} ist Ihr Code für ein neues Konto',
    subject: 'Erstellen Sie Ihr Konto bei {project}',
    code: 'Ihr Code, um ein Konto bei {project} zu erstellen:',
    link: 'Oder öffnen Sie diesen Link, um Ihr Konto zu erstellen:',
    button: 'Konto erstellen',
    linkOnly: 'Öffnen Sie diesen Link, um Ihr Konto bei {project} zu erstellen:',
    validity:
      'Code und Link funktionieren einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang. Der Code funktioniert nur in dem Browser, in dem Sie ihn angefordert haben.',
    validityLinkOnly: 'Der Link funktioniert einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail; es wird kein Konto erstellt. Geben Sie den Code niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
    ignoreLinkOnly:
      'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail; es wird kein Konto erstellt. Geben Sie den Link niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  registration_invitation: {
    subject: 'Sie sind zu {project} eingeladen',
    body: '{inviter} lädt Sie ein, ein Konto bei {project} zu erstellen.',
    bodyWithoutInviter: 'Sie sind eingeladen, ein Konto bei {project} zu erstellen.',
    link: 'Öffnen Sie diese Seite und fahren Sie mit der E-Mail-Adresse fort, an die diese Nachricht ging:',
    validity: 'Die Einladung gilt einmal, bis {date}.',
    ignore: 'Wenn Sie das nicht erwartet haben, ignorieren Sie diese E-Mail.',
  },
  invitation: {
    subject: 'Ihr Konto bei {project}',
    body: '{inviter} hat für Sie ein Konto bei {project} angelegt.',
    bodyWithoutInviter: 'Für Sie wurde ein Konto bei {project} angelegt.',
    link: 'Um sich anzumelden, öffnen Sie diese Seite und fahren Sie mit {email} fort:',
    ignore: 'Wenn Sie das nicht erwartet haben, ignorieren Sie diese E-Mail.',
  },
  step_up: {
    subject: '{code} ist Ihr Bestätigungscode',
    code: 'Ihr Code, mit dem Sie Ihre Identität bestätigen:',
    validity: 'Der Code funktioniert einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Wenn Sie das nicht angefordert haben, verwendet vielleicht jemand anderes Ihre Sitzung. Melden Sie alle anderen Sitzungen ab:',
  },
  email_change_code: {
    subject: '{code} bestätigt Ihre neue E-Mail-Adresse',
    code: 'Ihr Code für die Änderung Ihrer E-Mail-Adresse in {newEmail}:',
    validity: 'Der Code funktioniert einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore: 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail; es ändert sich nichts.',
  },
  invitation_code: {
    subject: '{code} ist Ihr Einladungscode',
    code: 'Ihr Code, um eine Einladung bei {project} anzunehmen:',
    validity:
      'Der Code funktioniert einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang, nur in dem Browser, in dem Sie ihn angefordert haben.',
    ignore:
      'Wenn Sie das nicht angefordert haben, hat jemand anderes eine Einladung für Ihre Adresse. Ignorieren Sie diese E-Mail. Geben Sie den Code niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  webhook_disabled: {
    subject: 'Webhook von {project} ausgeschaltet',
    body: '{reason, select, gone {Der Empfänger unter {host} hat geantwortet, dass es ihn nicht mehr gibt (410). Der Webhook von {project} wurde deshalb ausgeschaltet.} other {Drei Tage lang ist keine Anfrage des Webhooks von {project} an {host} gelungen. Er wurde deshalb ausgeschaltet.}}',
    log: 'Solange er ausgeschaltet ist, werden für ihn keine Ereignisse aufgezeichnet. Sein Protokoll zeigt die Antworten:',
    button: 'Webhook öffnen',
  },
  operator_promoted: {
    subject: 'Sie sind jetzt Operator von {organization}',
    body: 'Sie sind jetzt {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} von {organization}.',
    signIn: 'Sie melden sich jetzt mit {email} an. Frühere Sitzungen, Codes und Links sind beendet.',
    removed: 'Zu Ihrer Sicherheit wurde alles entfernt, was jemand anderes Ihrem Konto hinzugefügt haben könnte:',
    passkey: 'der Passkey „{name}“',
    identifier: 'die Anmeldung mit {identifier}',
    wasntYou:
      'Wenn Sie das nicht erwartet haben, wenden Sie sich an einen Inhaber von {organization} und prüfen Sie Ihr Konto:',
  },
  email_change_notice: {
    subject: 'Ihre E-Mail-Adresse bei {project} wurde geändert',
    body: '{by, select, administrator {Ein Administrator hat die E-Mail-Adresse Ihres Kontos von {oldEmail} in {newEmail} geändert} other {Die E-Mail-Adresse Ihres Kontos wurde von {oldEmail} in {newEmail} geändert}}. Anmeldecodes gehen ab jetzt an die neue Adresse.',
    bodyWithoutNew:
      '{by, select, administrator {Ein Administrator hat die E-Mail-Adresse Ihres Kontos geändert} other {Die E-Mail-Adresse Ihres Kontos wurde geändert}}. Eine Anmeldung mit {oldEmail} ist nicht mehr möglich.',
    wasntYou:
      'Wenn Sie das nicht waren, wenden Sie sich umgehend an {project}. Wenn Sie noch angemeldet sind, prüfen Sie hier Ihre Sitzungen:',
    contact: 'Wenn Sie das nicht erwartet haben, wenden Sie sich an {project}.',
    undo: 'Wenn Sie das nicht waren, öffnen Sie diesen Link, um die Änderung rückgängig zu machen:',
    undoEffect:
      'Der Link funktioniert einmal, bis {date}. Er stellt diese Adresse wieder her, beendet alle Sitzungen und entfernt Passkeys, die seit der Änderung hinzugekommen sind. Wenn er nicht mehr funktioniert, wenden Sie sich an {project}.',
  },
  email_changed: {
    subject: 'Ihre E-Mail-Adresse bei {project} wurde geändert',
    body: 'Ein Administrator hat diese Adresse als E-Mail-Adresse Ihres Kontos bei {project} eingetragen. Anmeldecodes kommen ab jetzt hierher.',
    ignore: 'Wenn Sie kein Konto bei {project} haben, hat sich jemand vertippt. Ignorieren Sie diese E-Mail.',
  },
  email_change_undone: {
    subject: 'Die Änderung Ihrer E-Mail-Adresse bei {project} wurde rückgängig gemacht',
    back: '{email} ist wieder die E-Mail-Adresse Ihres Kontos. Alle Sitzungen sind beendet{count, plural, =0 {} one {, und ein Passkey, der seit der Änderung hinzugekommen war, wurde entfernt} other {, und # Passkeys, die seit der Änderung hinzugekommen waren, wurden entfernt}}.',
    next: 'Melden Sie sich an und prüfen Sie Ihre Passkeys und die letzten Aktivitäten:',
    gone: 'Die Änderung einer E-Mail-Adresse in {email} wurde von der früheren Adresse aus rückgängig gemacht. Die Anmeldung an diesem Konto mit {email} ist nicht mehr möglich.',
  },
  recovery_issued: {
    subject: 'Für Ihr Konto bei {project} wurde ein Wiederherstellungslink erstellt',
    body: 'Ein Administrator hat einen Link und einen Code erstellt, mit denen man sich bis {end} einmal an Ihrem Konto anmelden kann. Sie erhalten sie vom Administrator; diese E-Mail enthält sie nicht.',
    wasntYou: 'Wenn Sie nicht darum gebeten haben, wenden Sie sich an {project}.',
  },
  recovery_used: {
    subject: 'Anmeldung an Ihrem Konto bei {project} mit einem Wiederherstellungslink',
    body: 'Jemand hat sich mit einem Wiederherstellungslink oder -code eines Administrators an Ihrem Konto angemeldet.',
    wasntYou: 'Wenn Sie das nicht waren, wenden Sie sich an {project} und melden Sie alle anderen Sitzungen ab:',
  },
  new_sign_in: {
    subject: 'Neue Anmeldung an Ihrem Konto bei {project}',
    body: 'Jemand hat sich {method, select, passkey {mit einem Passkey} code {mit einem Code per E-Mail} link {mit einem Link per E-Mail} other {}} an Ihrem Konto bei {project} angemeldet, in einem Browser, der mit Ihrem Konto bisher nicht verwendet wurde.',
    wasYou: 'Wenn Sie das waren, brauchen Sie nichts zu tun.',
    wasntYou: 'Wenn Sie das nicht waren, beenden Sie diese Anmeldung und prüfen Sie Ihre Passkeys:',
    button: 'Das war ich nicht',
    effect: 'Der Link funktioniert einmal, bis {date}. Er zeigt, was geschieht, bevor sich etwas ändert.',
  },
  passkey_invitation: {
    subject: 'Fügen Sie Ihrem Konto bei {project} einen Passkey hinzu',
    none: 'Ihr Konto bei {project} hat noch keinen Passkey. Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Displaysperre an, ohne auf einen Code zu warten.',
    oneDevice:
      'Ihr Konto bei {project} hat einen Passkey, und dieser liegt nur auf einem Gerät. Fügen Sie einen weiteren hinzu, auf einem anderen Gerät oder in einem Passwortmanager, damit Sie sich auch nach dem Verlust des Geräts mit einem Passkey anmelden können.',
    ignore:
      'Wenn Sie keinen weiteren Passkey möchten, ignorieren Sie diese E-Mail. An Ihrem Konto bei {project} ändert sich nichts.',
  },
  passkey_added: {
    subject: 'Ihrem Konto bei {project} wurde ein Passkey hinzugefügt',
    body: 'Der Passkey „{name}“ wurde Ihrem Konto hinzugefügt.',
    paired: 'Er wurde auf einem anderen Gerät erstellt, das in einer Ihrer Sitzungen bestätigt wurde.',
    wasntYou: 'Wenn Sie das nicht waren, löschen Sie den Passkey und melden Sie alle anderen Sitzungen ab:',
  },
  passkey_deleted: {
    subject: 'In Ihrem Konto bei {project} wurde ein Passkey gelöscht',
    body: 'Der Passkey „{name}“ wurde aus Ihrem Konto gelöscht. Eine Anmeldung damit ist nicht mehr möglich.',
    wasntYou: 'Wenn Sie das nicht waren, melden Sie alle anderen Sitzungen ab und prüfen Sie Ihre Passkeys:',
  },
  recovery_codes: {
    created: {
      subject: 'Neue Wiederherstellungscodes für Ihr Konto bei {project}',
      body: 'Für Ihr Konto {count, plural, one {wurde ein Wiederherstellungscode} other {wurden # Wiederherstellungscodes}} erstellt. Frühere Codes funktionieren nicht mehr. Mit jedem neuen Code können Sie sich einmal anmelden.',
      wasntYou: 'Wenn Sie das nicht waren, melden Sie alle anderen Sitzungen ab und löschen Sie die Codes:',
    },
    used: {
      subject: 'Anmeldung an Ihrem Konto bei {project} mit einem Wiederherstellungscode',
      body: 'Jemand hat sich mit einem Ihrer Wiederherstellungscodes an Ihrem Konto angemeldet. {count, plural, =0 {Es ist kein Code übrig. Erstellen Sie neue.} one {Ein Code ist noch übrig.} other {# Codes sind noch übrig.}}',
      wasntYou: 'Wenn Sie das nicht waren, melden Sie alle anderen Sitzungen ab und erstellen Sie neue Codes:',
      endSignIn:
        'Wenn Sie das nicht waren, beenden Sie diese Anmeldung und erstellen Sie danach in Ihrem Konto neue Codes:',
    },
    revoked: {
      subject: 'Die Wiederherstellungscodes Ihres Kontos bei {project} wurden gelöscht',
      body: 'Die Wiederherstellungscodes Ihres Kontos wurden gelöscht. Eine Anmeldung damit ist nicht mehr möglich.',
      wasntYou: 'Wenn Sie das nicht waren, melden Sie alle anderen Sitzungen ab und prüfen Sie Ihre Passkeys:',
    },
  },
  account_deletion_requested: {
    subject: 'Ihr Konto bei {project} wird gelöscht',
    body: 'Sie haben die Löschung Ihres Kontos bei {project} veranlasst. Sie sind überall abgemeldet. Das Konto und alles, was über Sie gespeichert ist, wird am {date} gelöscht.',
    keep: 'Wenn Sie Ihr Konto behalten möchten, melden Sie sich vorher an. Damit wird die Löschung abgebrochen:',
    wasntYou:
      'Wenn Sie das nicht waren, melden Sie sich an und prüfen Sie Ihre Passkeys und Sitzungen. Wenn Sie sich nicht anmelden können, wenden Sie sich an {project}.',
  },
  account_kept: {
    subject: 'Ihr Konto bei {project} bleibt bestehen',
    body: '{reason, select, sign_in {Sie haben sich angemeldet. Ihr Konto bei {project} wird nicht gelöscht.} administrator {Ein Administrator hat die Löschung Ihres Kontos bei {project} abgebrochen.} other {Die Änderung Ihrer E-Mail-Adresse wurde rückgängig gemacht. Auch Ihr Konto bei {project} wird nicht gelöscht.}}',
    wasntYou: 'Wenn Sie das nicht waren, prüfen Sie Ihre Passkeys und Sitzungen:',
  },
  account_deleted: {
    subject: 'Ihr Konto bei {project} wurde gelöscht',
    body: 'Ihr Konto wurde mit allen Passkeys und Sitzungen gelöscht. Dies ist die letzte E-Mail, die wir Ihnen senden.',
    bodyRestorable:
      'Ihr Konto wurde gelöscht, alle Sitzungen wurden beendet. Bis {date} kann es mit den Passkeys wiederhergestellt werden; danach wird es endgültig gelöscht, ohne weitere E-Mail.',
    wasntYou: 'Wenn Sie das nicht waren, wenden Sie sich an {project}.',
  },
  account_restored: {
    subject: 'Ihr Konto bei {project} wurde wiederhergestellt',
    body: 'Die Löschung Ihres Kontos wurde rückgängig gemacht. Sie können sich wieder wie zuvor anmelden. Sitzungen, Wiederherstellungscodes und Links von vor der Löschung funktionieren nicht mehr.',
    wasntYou: 'Wenn Ihr Konto gelöscht bleiben soll, wenden Sie sich an {project}.',
  },
  operator_invitation: {
    subject: 'Einladung zur Verwaltung von {project}',
    body: '{inviter} lädt Sie ein, {project} zu verwalten. Ihre Rolle: {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}.',
    bodyWithoutInviter:
      'Sie sind eingeladen, {project} zu verwalten. Ihre Rolle: {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}}.',
    link: 'Öffnen Sie diesen Link, um anzunehmen und Ihren Passkey zu erstellen:',
    validity: 'Der Link funktioniert einmal, bis {date}.',
    ignore: 'Wenn Sie das nicht erwartet haben, ignorieren Sie diese E-Mail.',
  },
  test: {
    subject: 'Test-E-Mail von {project}',
    body: 'Diese Test-E-Mail wurde in der Konsole angefordert. E-Mails von {project} werden zugestellt.',
  },
};
