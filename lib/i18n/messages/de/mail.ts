import type { TranslatedNamespace } from '../../catalogue';

export const mail: TranslatedNamespace<'mail'> = {
  greeting: 'Guten Tag {name},',
  greetingWithoutName: 'Guten Tag,',
  signature: '{project}',
  footer: 'Diese Nachricht ging an {email}, weil unter {origin} etwas geschehen ist.',
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
      'Sie haben das nicht angefordert? Dann verwendet jemand anderes Ihre Sitzung: Melden Sie alle anderen Sitzungen ab unter {profileUrl}',
  },
  email_change_code: {
    subject: '{code} bestätigt Ihre neue E-Mail-Adresse',
    code: 'Ihr Code für die Änderung Ihrer E-Mail-Adresse in {newEmail}:',
    validity: 'Er gilt einmal und {minutes, plural, one {eine Minute} other {# Minuten}} lang.',
    ignore: 'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun; es ändert sich nichts.',
  },
  email_change_notice: {
    subject: 'Ihre E-Mail-Adresse bei {project} wurde geändert',
    body: 'Am {date} wurde die E-Mail-Adresse Ihres Kontos von {oldEmail} in {newEmail} geändert. Anmeldecodes gehen ab jetzt an die neue Adresse.',
    wasntYou:
      'Das waren nicht Sie? Wenden Sie sich sofort an die Betreiber von {project}. Wenn Sie dort noch angemeldet sind, sehen Sie Ihre Sitzungen unter {profileUrl}',
  },
  passkey_added: {
    subject: 'Ihrem Konto bei {project} wurde ein Passkey hinzugefügt',
    body: 'Am {date} wurde der Passkey „{name}“ hinzugefügt.',
    wasntYou:
      'Das waren nicht Sie? Löschen Sie den Passkey und melden Sie alle anderen Sitzungen ab unter {profileUrl}',
  },
  passkey_deleted: {
    subject: 'In Ihrem Konto bei {project} wurde ein Passkey gelöscht',
    body: 'Am {date} wurde der Passkey „{name}“ gelöscht. Eine Anmeldung damit ist nicht mehr möglich.',
    wasntYou:
      'Das waren nicht Sie? Melden Sie alle anderen Sitzungen ab und prüfen Sie Ihre Passkeys unter {profileUrl}',
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
