import type { TranslatedNamespace } from '../../catalogue';

export const login: TranslatedNamespace<'login'> = {
  title: 'Anmelden',
  lead: 'bei {project}',
  newcomer: 'Neu hier? Geben Sie Ihre E-Mail-Adresse ein, um ein Konto zu erstellen.',
  newcomerInvited: 'Neu hier? Geben Sie die E-Mail-Adresse ein, an die Ihre Einladung ging.',
  email: 'E-Mail-Adresse',
  emailPlaceholder: 'name@example.com',
  continue: 'Weiter',
  passkey: 'Mit Passkey anmelden',
  passkeyWaiting: 'Warten auf Ihren Passkey …',
  passkeyNeedsScript: 'Ein Passkey braucht JavaScript. Die Anmeldung per E-Mail geht auch ohne.',
  signedOut: 'Sie sind abgemeldet.',
  sessionEnded: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.',
  accountDeleted: 'Ihr Konto wurde gelöscht.',
  emailChangeUndone:
    'Ihre E-Mail-Adresse ist wieder die von vor der Änderung. Alle Sitzungen sind beendet: Melden Sie sich neu an.',
  emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
  emailMalformed: 'Geben Sie eine E-Mail-Adresse wie name@example.com ein.',
  code: {
    title: 'Prüfen Sie Ihr Postfach',
    lead: 'Wenn {email} sich hier anmelden kann, ist eine Nachricht mit einem sechsstelligen Code und einem Link unterwegs.',
    leadOpen:
      'Eine Nachricht mit einem sechsstelligen Code und einem Link ist unterwegs an {email}, sofern diese Adresse hier verwendet werden kann.',
    leadOpenLinkOnly:
      'Eine Nachricht mit einem Link ist unterwegs an {email}, sofern diese Adresse hier verwendet werden kann. Nach vielen falschen Codes enthalten Nachrichten einen Tag lang keinen Code.',
    leadLinkOnly:
      'Wenn {email} sich hier anmelden kann, ist eine Nachricht mit einem Anmeldelink unterwegs. Nach vielen falschen Codes enthalten Nachrichten einen Tag lang keinen Code.',
    code: 'Code',
    help: 'Der Code gilt {minutes, plural, one {eine Minute} other {# Minuten}} und nur in diesem Browser.',
    verify: 'Bestätigen',
    resend: 'Erneut senden',
    resendIn: 'Erneut senden in {seconds, plural, one {# Sekunde} other {# Sekunden}}',
    resent: 'Eine neue Nachricht ist unterwegs. Der frühere Code gilt nicht mehr.',
    otherEmail: 'Andere E-Mail-Adresse verwenden',
    recoveryCode: 'Wiederherstellungscode verwenden',
    missing: 'Geben Sie die sechs Ziffern aus der Nachricht ein.',
    spam: 'Nichts angekommen? Sehen Sie auch im Spam-Ordner nach.',
  },
  link: {
    title: 'Anmelden',
    lead: 'Sie haben einen Anmeldelink für {project} geöffnet.',
    leadWithEmail: 'Sie haben einen Anmeldelink für {project} als {email} geöffnet.',
    button: 'Anmelden',
    newTitle: 'Konto erstellen',
    newLead: 'bei {project}',
    newLeadWithEmail: 'bei {project}, mit {email}',
    newButton: 'Konto erstellen',
    otherBrowser:
      'Dieser Link wurde in einem anderen Browser angefordert. Fahren Sie nur fort, wenn Sie dem Gerät vor Ihnen vertrauen.',
    recovery:
      'Ein Administrator hat diesen Link für eine bestimmte Person erzeugt. Fahren Sie nur fort, wenn er für Sie gedacht ist.',
    spentTitle: 'Dieser Link funktioniert nicht mehr',
    spentBody: 'Ein Anmeldelink gilt einmal und nur wenige Minuten. Fordern Sie einen neuen an.',
    spentAction: 'Neuen Link anfordern',
  },
  undo: {
    title: 'Änderung Ihrer E-Mail-Adresse rückgängig machen?',
    lead: '{email} wird wieder die E-Mail-Adresse Ihres Kontos bei {project}.',
    effect:
      'Alle Sitzungen, Codes und Links enden, und die Passkeys, die seit der Änderung hinzugekommen sind, werden entfernt. Melden Sie sich danach mit dieser Adresse an.',
    button: 'Änderung rückgängig machen',
    spentTitle: 'Dieser Link funktioniert nicht mehr',
    spentBody:
      'Die Änderung wurde schon rückgängig gemacht, oder es ist zu spät dafür. Wenn Sie Ihre E-Mail-Adresse nicht geändert haben, wenden Sie sich an die Betreiber von {project}.',
    spentAction: 'Anmelden',
  },
  recovery: {
    title: 'Mit Wiederherstellungscode anmelden',
    lead: 'bei {project}',
    code: 'Wiederherstellungscode',
    help: '24 Buchstaben und Ziffern, die Sie von einem Administrator erhalten haben. Groß- und Kleinschreibung und die Striche sind unerheblich.',
    missing: 'Geben Sie den Wiederherstellungscode ein: 24 Buchstaben und Ziffern.',
    verify: 'Bestätigen',
    back: 'Anders anmelden',
  },
  details: {
    title: 'Konto erstellen',
    lead: 'bei {project}',
    help: '{email} gehört Ihnen. Einige Angaben fehlen noch.',
    button: 'Konto erstellen',
    over: 'Das hat zu lange gedauert, es ist kein Konto entstanden. Geben Sie Ihre E-Mail-Adresse noch einmal ein.',
  },
  offer: {
    title: 'Passkey erstellen',
    body: 'Melden Sie sich beim nächsten Mal mit Fingerabdruck, Gesicht oder Bildschirmsperre an statt mit einem Code aus Ihrer E-Mail.',
    button: 'Passkey erstellen',
    later: 'Nicht jetzt',
    done: 'Passkey erstellt. Sie können ihn bei der nächsten Anmeldung verwenden.',
  },
};
