import type { TranslatedNamespace } from '../../catalogue';

export const setup: TranslatedNamespace<'setup'> = {
  title: '{project} einrichten',
  lead: 'Geben Sie Ihre Angaben ein und erstellen Sie einen Passkey. Damit werden Sie Inhaber dieser Installation.',
  first: 'Vorname',
  last: 'Nachname',
  email: 'E-Mail-Adresse',
  emailHelp: 'Dorthin gehen Anmeldecodes und Sicherheitshinweise.',
  emailTaken:
    'Jemand mit dieser Adresse hat bereits ein Konto. Verwenden Sie eine andere oder laden Sie die Person im Terminal ein: npm run signet -- operator invite --email {email} --role owner',
  button: 'Passkey erstellen und abschließen',
  working: 'Warten auf Ihren Passkey …',
  needsScript: 'Passkeys brauchen JavaScript. Aktivieren Sie es für diese Seite und laden Sie sie neu.',
  pending: {
    title: '{project} ist noch nicht eingerichtet',
    lead: 'Öffnen Sie zum Einrichten den Link, den der Server in seinem Terminal ausgegeben hat. Nach einem Neustart gibt er einen neuen aus.',
  },
  expiredTitle: 'Dieser Einrichtungslink funktioniert nicht mehr',
  expiredBody:
    'Er wurde bereits verwendet, oder der Server wurde neu gestartet. Der neueste Link steht im Terminal des Servers.',
  doneTitle: 'Diese Installation ist bereits eingerichtet',
  doneBody: 'Melden Sie sich an oder bitten Sie einen Inhaber um eine Einladung.',
  signIn: 'Zur Anmeldung',
  removals: {
    title: 'Zu Ihrer Sicherheit wird dies aus Ihrem Konto entfernt:',
    passkey: 'der Passkey „{name}“, hinzugefügt am {date}',
    identifier: 'die Anmeldung mit {identifier}',
  },
  invitation: {
    title: '{organization} beitreten',
    lead: '{email} ist als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen. Erstellen Sie einen Passkey, um anzunehmen.',
    button: 'Passkey erstellen und beitreten',
    signInLead: '{email} hat hier bereits ein Konto. Melden Sie sich zuerst an und nehmen Sie die Einladung dann an.',
    signIn: 'Anmelden',
    otherPerson: 'Diese Einladung gilt für {email}, Sie sind aber als {current} angemeldet.',
    switchPerson: 'Abmelden und fortfahren',
    mailboxLead:
      '{email} ist als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen. Bestätigen Sie zuerst, dass Sie E-Mails an diese Adresse erhalten.',
    sendCode: 'Code per E-Mail senden',
    codeLead: 'Eine E-Mail mit einem sechsstelligen Code ist unterwegs an {email}.',
    signInAgainLead:
      'Melden Sie sich zum Annehmen noch einmal mit einem Code an, den wir an {email} senden. So ist sichergestellt, dass nur Sie Zugriff auf das Konto haben.',
    signInAgain: 'Erneut anmelden',
    acceptLead:
      'Sie sind als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen. Danach melden Sie sich mit {email} und dem Passkey an, den Sie jetzt verwenden; andere Passkeys werden entfernt, andere Sitzungen enden.',
    joinLead:
      'Sie sind als {role, select, owner {Inhaber} admin {Admin} viewer {Betrachter} other {Operator}} eingeladen. Erstellen Sie einen Passkey, um anzunehmen. Danach melden Sie sich mit {email} an, und Ihre anderen Sitzungen enden.',
    accept: 'Annehmen',
    expiredTitle: 'Dieser Link funktioniert nicht mehr',
    expiredBody:
      'Er wurde bereits verwendet oder ist abgelaufen. Wenn Sie hier ein Konto haben, melden Sie sich an; bitten Sie sonst einen Inhaber um eine neue Einladung.',
  },
};
