import type { TranslatedNamespace } from '../../catalogue';

export const consoleDomains: TranslatedNamespace<'consoleDomains'> = {
  waiting: 'Nachweis steht aus',
  list: 'Nachweis steht aus',
  listHelp:
    'Fügen Sie diesen TXT-Eintrag im DNS der Domain hinzu und prüfen Sie ihn dann. Auch ein Inhaber dieser Signet-Installation kann die Domain freigeben.',
  originWaits: 'Wird erst verwendet, wenn sie nachgewiesen ist.',
  senderWaits:
    'Wird erst verwendet, wenn die Domain nachgewiesen ist. Bis dahin behalten E-Mails den bisherigen Absender.',
  recordName: 'Name des TXT-Eintrags',
  recordValue: 'Wert',
  copyName: 'Namen des Eintrags für {domain} kopieren',
  copyValue: 'Wert des Eintrags für {domain} kopieren',
  check: 'Jetzt prüfen',
  checkLabel: 'Jetzt prüfen: {value}',
  remove: 'Entfernen',
  removeLabel: '{value} entfernen',
  removed: '{value} wurde entfernt',
  proven: '{value} ist nachgewiesen und wird verwendet',
  absent:
    'Der Eintrag wurde nicht gefunden. Änderungen im DNS brauchen manchmal etwas Zeit; prüfen Sie später noch einmal.',
  unreachable: 'Kein Nameserver hat geantwortet. Versuchen Sie es später noch einmal.',
  noDomain:
    'Dieses Projekt hat noch keine Domain, deshalb kann sich niemand anmelden. Weisen Sie seine Domain nach, um es in Betrieb zu nehmen.',
  noDomainLink: 'Domains öffnen',
  listBadge: 'Noch ohne Domain',
  review: {
    title: 'Domains aller Projekte',
    help: 'Als Inhaber dieser Installation entscheiden Sie, welche Domains und Absender Projekte verwenden dürfen.',
    none: 'Nichts zu prüfen.',
    waitingTitle: 'Warten auf Freigabe',
    olderTitle: 'Verwendet, nie überprüft',
    older: 'Nicht überprüft',
    origin: 'Domain von {project}',
    sender: 'Absender von {project}',
    approve: 'Freigeben',
    approveLabel: '{value} für {project} freigeben',
    approved: '{value} wurde freigegeben',
    reject: 'Ablehnen',
    rejectLabel: '{value} für {project} ablehnen',
    rejected: '{value} wurde abgelehnt',
    keep: 'Behalten',
    keepLabel: '{value} für {project} behalten',
    kept: '{value} wurde behalten',
  },
};
