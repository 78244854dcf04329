import type { TranslatedNamespace } from '../../catalogue';

export const personalData: TranslatedNamespace<'personalData'> = {
  title: '{name}: Ihre Daten bei {project}',
  lead: 'Erstellt am {date}. Zeiten in UTC. signet-data.json enthält dieselben Daten für Programme. Geheimnisse und Schlüssel sind nicht enthalten.',
  profile: 'Profil',
  verified: 'Bestätigte E-Mail-Adressen',
  id: 'Konto-ID',
  created: 'Erstellt',
  changed: 'Zuletzt geändert',
  externalId: 'Externe ID',
  metadata: 'Weitere Daten',
  name: 'Name',
  kept: 'Gespeichert',
  lastUsed: 'Zuletzt verwendet',
  never: 'Nie',
  device: 'Gerät',
  address: 'IP-Adresse',
  signedIn: 'Angemeldet',
  lastSeen: 'Zuletzt aktiv',
  expires: 'Läuft ab',
  unused: 'Unbenutzt',
  otherDevices: 'Codes für andere Geräte',
  outcome: 'Ergebnis',
  pairing:
    '{state, select, requested {Wollte einen Passkey hinzufügen} confirmed {Bestätigt} used {Hat einen Passkey hinzugefügt} refused {Abgelehnt} cancelled {Abgebrochen} other {Nicht verwendet}}',
  allowed: 'Erlaubt',
  none: 'Keine',
};
