import type { TranslatedNamespace } from '../../catalogue';

export const pairing: TranslatedNamespace<'pairing'> = {
  action: 'Anderes Gerät verwenden',
  title: 'Passkey auf einem anderen Gerät hinzufügen',
  lead: 'Erstellen Sie einen Passkey auf Ihrem Telefon oder einem anderen Computer, ohne sich dort anzumelden.',
  back: 'Zurück zu Konto & Sicherheit',
  reload: 'Neu laden',
  reloadHelp:
    'Ohne JavaScript aktualisiert sich diese Seite nicht von selbst. Laden Sie sie nach jedem Schritt auf dem anderen Gerät neu.',
  waiting: 'Diese Seite aktualisiert sich von selbst.',
  offline: 'Keine Verbindung. Die Seite versucht es weiter.',
  start: {
    steps: 'So geht es',
    first: 'Diese Seite zeigt einen Code. Scannen Sie ihn mit dem anderen Gerät, oder geben Sie ihn dort ein.',
    second: 'Das andere Gerät zeigt eine Zahl. Vergleichen Sie sie hier und bestätigen Sie.',
    third: 'Erstellen Sie den Passkey auf dem anderen Gerät. Angemeldet ist es damit noch nicht.',
    warning:
      'Beginnen Sie nur, wenn das andere Gerät vor Ihnen liegt. Niemand von {project} fragt Sie jemals nach diesem Code.',
    button: 'Code anzeigen',
    again: 'Neuen Code anzeigen',
  },
  open: {
    title: 'Scannen Sie diesen Code mit dem anderen Gerät',
    qr: 'QR-Code, der auf dem anderen Gerät {address} öffnet',
    orType: 'Oder öffnen Sie dort diese Adresse und geben Sie den Code ein:',
    address: 'Adresse',
    code: 'Code',
    validUntil: 'Funktioniert einmal. Läuft <time></time> ab.',
    never: 'Senden Sie diesen Code niemandem, und lesen Sie ihn niemandem am Telefon vor.',
  },
  requested: {
    title: 'Ist das Ihr Gerät?',
    lead: 'Es möchte Ihrem Konto einen Passkey hinzufügen. Danach kann man sich damit als Sie anmelden.',
    device: 'Gerät',
    address: 'IP-Adresse',
    number: 'Zahl',
    compare: 'Bestätigen Sie nur, wenn das Gerät vor Ihnen dieselbe Zahl zeigt:',
    confirm: 'Die Zahl stimmt überein',
    refuse: 'Das ist nicht mein Gerät',
  },
  confirmed: {
    title: 'Erstellen Sie den Passkey auf dem anderen Gerät',
    lead: 'Sie haben {device} bestätigt. Das Gerät kann einen Passkey hinzufügen. Das endet <time></time>.',
  },
  used: {
    title: 'Passkey hinzugefügt',
    lead: '„{name}“ wurde auf {device} erstellt. Dort können Sie sich damit anmelden.',
    leadDeleted: 'Auf {device} wurde ein Passkey erstellt und seither gelöscht.',
  },
  refused: {
    title: 'Das Gerät wurde abgelehnt',
    lead: 'Es wurde nichts hinzugefügt. Wenn jemand Sie nach dem Code gefragt hat, wollte die Person in Ihr Konto gelangen.',
  },
  cancelled: { title: 'Abgebrochen', lead: 'Es wurde nichts hinzugefügt. Der Code funktioniert nicht mehr.' },
  expired: {
    title: 'Der Code ist abgelaufen',
    lead: 'Es wurde nichts hinzugefügt. Zeigen Sie einen neuen Code an, um es noch einmal zu versuchen.',
  },
  cancel: 'Abbrechen',
  add: {
    title: 'Diesem Gerät einen Passkey hinzufügen',
    lead: 'für ein Konto bei {project}',
    code: 'Code',
    help: 'Die acht Buchstaben und Ziffern, die Ihr anderes Gerät zeigt. Groß- und Kleinschreibung sowie Bindestriche spielen keine Rolle.',
    missing: 'Geben Sie den Code ein, den Ihr anderes Gerät zeigt.',
    continue: 'Weiter',
    where:
      'Einen Code erhalten Sie auf einem Gerät, auf dem Sie angemeldet sind: unter „Konto & Sicherheit“ mit „Anderes Gerät verwenden“.',
    ask: {
      title: 'Passkey für {account} hinzufügen?',
      titleWithoutAccount: 'Passkey für dieses Konto hinzufügen?',
      lead: 'bei {project}',
      body: 'Danach melden Sie sich auf diesem Gerät mit Fingerabdruck, Gesicht oder Displaysperre an diesem Konto an. Zuerst muss das andere Gerät zustimmen.',
      notYours:
        'Fahren Sie nur fort, wenn das Ihr Konto ist und Sie diese Seite von Ihrem eigenen Gerät aus geöffnet haben. Wenn Ihnen jemand den Code oder Link geschickt hat, schließen Sie diese Seite.',
      button: 'Anderes Gerät fragen',
      other: 'Anderen Code eingeben',
      ended:
        'Dieser Code funktioniert nicht mehr: Er wurde bereits verwendet, abgebrochen oder ist abgelaufen. Zeigen Sie auf dem anderen Gerät einen neuen an.',
    },
    requested: {
      title: 'Bestätigen Sie auf dem anderen Gerät',
      lead: 'Es muss diese Zahl zeigen:',
    },
    confirmed: {
      title: 'Passkey auf diesem Gerät erstellen',
      lead: 'Das andere Gerät hat zugestimmt. Das endet <time></time>.',
      button: 'Passkey erstellen',
      needsScript: 'Passkeys brauchen JavaScript. Schalten Sie es ein und laden Sie diese Seite neu.',
    },
    used: {
      title: 'Passkey hinzugefügt',
      lead: 'Auf diesem Gerät können Sie sich jetzt damit anmelden. Sie können diese Seite schließen.',
      signIn: 'Anmelden',
    },
    refused: {
      title: 'Das andere Gerät hat abgelehnt',
      lead: 'Es wurde nichts hinzugefügt. Sie können diese Seite schließen.',
    },
    cancelled: { title: 'Abgebrochen', lead: 'Es wurde nichts hinzugefügt. Sie können diese Seite schließen.' },
    expired: {
      title: 'Das hat zu lange gedauert',
      lead: 'Es wurde nichts hinzugefügt. Zeigen Sie auf dem anderen Gerät einen neuen Code an.',
    },
    ended: {
      title: 'Das andere Gerät ist nicht mehr angemeldet',
      lead: 'Es wurde nichts hinzugefügt. Melden Sie sich dort an und zeigen Sie einen neuen Code an.',
    },
  },
};
