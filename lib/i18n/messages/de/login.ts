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
  passkeyNeedsScript: 'Passkeys brauchen JavaScript. Die Anmeldung per E-Mail funktioniert auch ohne.',
  useRecoveryCode: 'Wiederherstellungscode verwenden',
  signedOut: 'Sie sind abgemeldet.',
  sessionEnded: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.',
  accountDeletion:
    'Ihr Konto wird in {days, plural, one {einem Tag} other {# Tagen}} gelöscht. Wenn Sie es behalten möchten, melden Sie sich vorher an.',
  accountDeleted: 'Ihr Konto wurde gelöscht.',
  signInDisowned: 'Die fremde Anmeldung ist beendet. Melden Sie sich an, um Ihre Passkeys und Sitzungen zu prüfen.',
  emailChangeUndone:
    'Ihre frühere E-Mail-Adresse wurde wiederhergestellt, alle Sitzungen wurden beendet. Melden Sie sich wieder an.',
  address: {
    missing: 'Geben Sie Ihre E-Mail-Adresse ein.',
    malformed: 'Geben Sie eine E-Mail-Adresse wie name@example.com ein.',
  },
  code: {
    title: 'Prüfen Sie Ihr Postfach',
    lead: 'Wenn {email} sich hier anmelden kann, erhalten Sie eine E-Mail mit einem sechsstelligen Code und einem Link.',
    leadOpen:
      'Sie erhalten eine E-Mail mit einem sechsstelligen Code und einem Link an {email}, sofern diese Adresse hier verwendet werden kann.',
    leadOpenLinkOnly:
      'Sie erhalten eine E-Mail mit einem Link an {email}, sofern diese Adresse hier verwendet werden kann. Nach vielen falschen Codes enthalten E-Mails einen Tag lang keinen Code.',
    leadLinkOnly:
      'Wenn {email} sich hier anmelden kann, erhalten Sie eine E-Mail mit einem Anmeldelink. Nach vielen falschen Codes enthalten E-Mails einen Tag lang keinen Code.',
    code: 'Code',
    help: 'Der Code gilt {minutes, plural, one {eine Minute} other {# Minuten}}, nur in diesem Browser. Er wird geprüft, sobald Sie alle sechs Ziffern eingegeben haben.',
    verify: 'Bestätigen',
    otherEmail: 'Andere E-Mail-Adresse verwenden',
    recoveryCode: 'Wiederherstellungscode verwenden',
    missing: 'Geben Sie den sechsstelligen Code aus der E-Mail ein.',
    spam: 'Keine E-Mail? Sehen Sie im Spam-Ordner nach.',
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
      'Dieser Link wurde in einem anderen Browser angefordert. Fahren Sie nur fort, wenn Sie diesem Gerät vertrauen.',
    recovery:
      'Ein Administrator hat diesen Link für eine bestimmte Person erstellt. Fahren Sie nur fort, wenn er für Sie bestimmt ist.',
    expiredTitle: 'Dieser Link funktioniert nicht mehr',
    expiredBody: 'Ein Anmeldelink funktioniert einmal und läuft nach wenigen Minuten ab. Fordern Sie einen neuen an.',
    expiredAction: 'Neuen Link anfordern',
  },
  undo: {
    title: 'Änderung Ihrer E-Mail-Adresse rückgängig machen?',
    lead: 'Damit wird {email} wieder die E-Mail-Adresse Ihres Kontos bei {project}.',
    effect:
      'Alle Sitzungen, Codes und Links enden, und seit der Änderung hinzugefügte Passkeys werden entfernt. Melden Sie sich danach mit dieser Adresse an.',
    button: 'Änderung rückgängig machen',
    expiredTitle: 'Dieser Link funktioniert nicht mehr',
    expiredBody:
      'Die Änderung wurde bereits rückgängig gemacht, oder der Link ist abgelaufen. Wenn Sie Ihre E-Mail-Adresse nicht geändert haben, wenden Sie sich an {project}.',
    expiredAction: 'Anmelden',
  },
  recovery: {
    title: 'Mit Wiederherstellungscode anmelden',
    lead: 'bei {project}',
    email: 'E-Mail',
    emailHelp: 'Für einen Code von einem Administrator nicht nötig.',
    code: 'Wiederherstellungscode',
    help: '24 Buchstaben und Ziffern: einer Ihrer eigenen Codes oder ein Code von einem Administrator. Groß- und Kleinschreibung sowie Bindestriche spielen keine Rolle.',
    missing: 'Geben Sie den Wiederherstellungscode mit 24 Zeichen ein.',
    verify: 'Bestätigen',
    back: 'Anders anmelden',
  },
  details: {
    title: 'Konto erstellen',
    lead: 'bei {project}',
    help: '{email} ist bestätigt. Es fehlen noch einige Angaben.',
    button: 'Konto erstellen',
    expired:
      'Das hat zu lange gedauert, und es wurde kein Konto erstellt. Geben Sie Ihre E-Mail-Adresse noch einmal ein.',
  },
  offer: {
    recovered: {
      title: 'Diesem Gerät einen Passkey hinzufügen',
      body: 'Sie haben sich mit einem Wiederherstellungscode angemeldet. Mit einem Passkey brauchen Sie beim nächsten Mal keinen.',
    },
    title: 'Passkey erstellen',
    body: 'Melden Sie sich beim nächsten Mal mit Fingerabdruck, Gesicht oder Bildschirmsperre an statt mit einem Code per E-Mail.',
    button: 'Passkey erstellen',
    later: 'Nicht jetzt',
    done: 'Passkey erstellt. Verwenden Sie ihn bei der nächsten Anmeldung.',
  },
};
