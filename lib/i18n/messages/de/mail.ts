import type { TranslatedNamespace } from '../../catalogue';

export const mail: TranslatedNamespace<'mail'> = {
  greeting: 'Guten Tag {name},',
  greetingWithoutName: 'Guten Tag,',
  signature: '{project}',
  footer: 'Diese Nachricht ging an {email}, weil hier etwas geschehen ist:',
  sign_in: {
    subjectWithCode: '{code} ist Ihr Anmeldecode',
    subject: 'Anmeldung bei {project}',
    code: 'Ihr Code für die Anmeldung bei {project}:',
    link: 'Oder öffnen Sie diesen Link, um sich anzumelden:',
    linkOnly: 'Öffnen Sie diesen Link, um sich bei {project} anzumelden:',
    validity:
      'Code und Link gelten einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang. Der Code gilt nur in dem Browser, in dem Sie ihn angefordert haben.',
    validityLinkOnly: 'Der Link gilt einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun. Geben Sie den Code niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
    ignoreLinkOnly:
      'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun. Geben Sie den Link niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  registration: {
    subjectWithCode: '{code} ist der Code für Ihr neues Konto',
    subject: 'Erstellen Sie Ihr Konto bei {project}',
    code: 'Ihr Code, um Ihr Konto bei {project} zu erstellen:',
    link: 'Oder öffnen Sie diesen Link, um Ihr Konto zu erstellen:',
    linkOnly: 'Öffnen Sie diesen Link, um Ihr Konto bei {project} zu erstellen:',
    validity:
      'Code und Link gelten einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang. Der Code gilt nur in dem Browser, in dem Sie ihn angefordert haben.',
    validityLinkOnly: 'Der Link gilt einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun; es entsteht kein Konto. Geben Sie den Code niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
    ignoreLinkOnly:
      'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun; es entsteht kein Konto. Geben Sie den Link niemals weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  registration_invitation: {
    subject: 'Sie sind zu {project} eingeladen',
    body: '{inviter} lädt Sie ein, ein Konto bei {project} zu erstellen.',
    bodyWithoutInviter: 'Sie sind eingeladen, ein Konto bei {project} zu erstellen.',
    link: 'Öffnen Sie diese Seite und fahren Sie mit der E-Mail-Adresse fort, an die diese Nachricht ging:',
    validity: 'Die Einladung gilt einmal und bis {date}.',
    ignore: 'Sie haben das nicht erwartet? Dann brauchen Sie nichts zu tun.',
  },
  invitation: {
    subject: 'Ihr Konto bei {project}',
    body: '{inviter} hat für Sie ein Konto bei {project} angelegt.',
    bodyWithoutInviter: 'Für Sie wurde ein Konto bei {project} angelegt.',
    link: 'Um sich anzumelden, öffnen Sie diese Seite und fahren Sie mit {email} fort:',
    ignore: 'Sie haben das nicht erwartet? Dann brauchen Sie nichts zu tun.',
  },
  step_up: {
    subject: '{code} ist Ihr Bestätigungscode',
    code: 'Ihr Code, mit dem Sie Ihre Identität bestätigen:',
    validity: 'Er gilt einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore:
      'Sie haben das nicht angefordert? Dann verwendet jemand anderes Ihre Sitzung. Melden Sie alle anderen Sitzungen ab:',
  },
  email_change_code: {
    subject: '{code} bestätigt Ihre neue E-Mail-Adresse',
    code: 'Ihr Code für die Änderung Ihrer E-Mail-Adresse in {newEmail}:',
    validity: 'Er gilt einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore: 'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun; es ändert sich nichts.',
  },
  invitation_code: {
    subject: '{code} ist der Code für Ihre Einladung',
    code: 'Ihr Code, um eine Einladung bei {project} anzunehmen:',
    validity:
      'Er gilt einmal, {minutes, plural, one {eine Minute} other {# Minuten}} lang und nur in dem Browser, in dem Sie ihn angefordert haben.',
    ignore:
      'Sie haben das nicht angefordert? Dann hat jemand anderes eine Einladung für Ihre Adresse. Ignorieren Sie diese Nachricht, und geben Sie den Code nie weiter, auch nicht an jemanden, der sich als {project} ausgibt.',
  },
  operator_promoted: {
    subject: 'Sie sind jetzt Operator von {organization}',
    body: 'Seit dem {date} sind Sie {role, select, owner {Inhaber} admin {Administrator} viewer {Betrachter} other {Operator}} von {organization}.',
    signIn: 'Sie melden sich mit {email} an. Frühere Sitzungen, Codes und Links sind beendet.',
    removed: 'Zu Ihrer Sicherheit wurde alles entfernt, was jemand anderes Ihrem Konto hinzugefügt haben könnte:',
    passkey: 'der Passkey „{name}“',
    identifier: 'die Anmeldung mit {identifier}',
    wasntYou: 'Sie haben das nicht erwartet? Wenden Sie sich an die Inhaber des Dienstes, und prüfen Sie Ihr Konto:',
  },
  email_change_notice: {
    subject: 'Ihre E-Mail-Adresse bei {project} wurde geändert',
    body: 'Am {date} {by, select, administrator {hat ein Administrator die E-Mail-Adresse Ihres Kontos von {oldEmail} in {newEmail} geändert} other {wurde die E-Mail-Adresse Ihres Kontos von {oldEmail} in {newEmail} geändert}}. Anmeldecodes gehen ab jetzt an die neue Adresse.',
    bodyWithoutNew:
      'Am {date} {by, select, administrator {hat ein Administrator die E-Mail-Adresse Ihres Kontos geändert} other {wurde die E-Mail-Adresse Ihres Kontos geändert}}. Eine Anmeldung mit {oldEmail} ist nicht mehr möglich.',
    wasntYou:
      'Das waren nicht Sie? Wenden Sie sich sofort an die Betreiber von {project}. Wenn Sie noch angemeldet sind, sehen Sie Ihre Sitzungen hier:',
    contact: 'Sie haben das nicht erwartet? Wenden Sie sich an die Betreiber von {project}.',
    undo: 'Das waren nicht Sie? Öffnen Sie diesen Link, um die Änderung rückgängig zu machen:',
    undoEffect:
      'Der Link gilt einmal und bis {date}. Er stellt diese Adresse wieder her, beendet alle Sitzungen und entfernt die Passkeys, die seitdem hinzugekommen sind. Falls er nicht mehr funktioniert, wenden Sie sich an die Betreiber von {project}.',
  },
  email_changed: {
    subject: 'Ihre E-Mail-Adresse bei {project} wurde geändert',
    body: 'Am {date} hat ein Administrator diese Adresse als E-Mail-Adresse Ihres Kontos bei {project} eingetragen. Anmeldecodes kommen ab jetzt hierher.',
    ignore: 'Sie haben kein Konto bei {project}? Dann hat sich jemand vertippt, und Sie brauchen nichts zu tun.',
  },
  email_change_undone: {
    subject: 'Die Änderung Ihrer E-Mail-Adresse bei {project} wurde rückgängig gemacht',
    back: 'Seit dem {date} ist {email} wieder die E-Mail-Adresse Ihres Kontos. Alle Sitzungen sind beendet{count, plural, =0 {} one {, und ein Passkey, der seit der Änderung hinzugekommen war, wurde entfernt} other {, und # Passkeys, die seit der Änderung hinzugekommen waren, wurden entfernt}}.',
    next: 'Melden Sie sich an und prüfen Sie Ihre Passkeys und die letzten Aktivitäten:',
    gone: 'Am {date} wurde die Änderung einer E-Mail-Adresse in {email} von der früheren Adresse aus rückgängig gemacht. Die Anmeldung an diesem Konto mit {email} ist nicht mehr möglich.',
  },
  recovery_issued: {
    subject: 'Für Ihr Konto bei {project} wurde ein Wiederherstellungslink erzeugt',
    body: 'Am {date} hat ein Administrator einen Link und einen Code erzeugt, mit denen man sich einmal an Ihrem Konto anmelden kann. Sie gelten bis {end}. Sie erhalten sie persönlich: Diese Nachricht enthält sie nicht.',
    wasntYou: 'Sie haben nicht darum gebeten? Wenden Sie sich an die Betreiber von {project}.',
  },
  recovery_used: {
    subject: 'Anmeldung an Ihrem Konto bei {project} mit einem Wiederherstellungslink',
    body: 'Am {date} hat sich jemand mit einem Link oder Code eines Administrators an Ihrem Konto angemeldet.',
    wasntYou:
      'Das waren nicht Sie? Wenden Sie sich an die Betreiber von {project} und melden Sie alle anderen Sitzungen ab:',
  },
  passkey_added: {
    subject: 'Ihrem Konto bei {project} wurde ein Passkey hinzugefügt',
    body: 'Am {date} wurde der Passkey „{name}“ hinzugefügt.',
    wasntYou: 'Das waren nicht Sie? Löschen Sie den Passkey und melden Sie alle anderen Sitzungen ab:',
  },
  passkey_deleted: {
    subject: 'In Ihrem Konto bei {project} wurde ein Passkey gelöscht',
    body: 'Am {date} wurde der Passkey „{name}“ gelöscht. Eine Anmeldung damit ist nicht mehr möglich.',
    wasntYou: 'Das waren nicht Sie? Melden Sie alle anderen Sitzungen ab und prüfen Sie Ihre Passkeys:',
  },
  account_deleted: {
    subject: 'Ihr Konto bei {project} wurde gelöscht',
    body: 'Am {date} wurde Ihr Konto mit allen Passkeys und Sitzungen gelöscht. Dies ist die letzte Nachricht, die wir Ihnen senden.',
    wasntYou: 'Das waren nicht Sie? Wenden Sie sich an die Betreiber von {project}.',
  },
  operator_invitation: {
    subject: 'Einladung zu {project}',
    body: '{inviter} lädt Sie ein, {project} mitzubetreiben. Ihre Rolle: {role, select, owner {Inhaber} admin {Administrator} viewer {nur Lesen} other {Betreiber}}.',
    bodyWithoutInviter:
      'Sie sind eingeladen, {project} mitzubetreiben. Ihre Rolle: {role, select, owner {Inhaber} admin {Administrator} viewer {nur Lesen} other {Betreiber}}.',
    link: 'Öffnen Sie diesen Link, um anzunehmen und Ihren Passkey zu erstellen:',
    validity: 'Der Link gilt einmal und bis {date}.',
    ignore: 'Sie haben das nicht erwartet? Dann brauchen Sie nichts zu tun.',
  },
  test: {
    subject: 'Testnachricht von {project}',
    body: 'Am {date} hat jemand in der Konsole ausprobiert, ob E-Mails von {project} ankommen. Diese ist angekommen.',
  },
};
