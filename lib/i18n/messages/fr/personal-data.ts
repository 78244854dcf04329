import type { PersonNamespace } from '../../catalogue';

export const personalData: PersonNamespace<'personalData'> = {
  title: '{name} : vos données chez {project}',
  lead: 'Créé le {date}. Les heures sont en UTC. signet-data.json contient les mêmes données pour les programmes. Les secrets et les clés n’y figurent pas.',
  profile: 'Profil',
  verified: 'Adresses e-mail vérifiées',
  id: 'Identifiant du compte',
  created: 'Créé',
  changed: 'Dernière modification',
  externalId: 'Identifiant externe',
  metadata: 'Autres données',
  name: 'Nom',
  kept: 'Enregistrement',
  lastUsed: 'Dernière utilisation',
  never: 'Jamais',
  device: 'Appareil',
  address: 'Adresse IP',
  signedIn: 'Connexion',
  lastSeen: 'Dernière activité',
  expires: 'Expire',
  unused: 'Non utilisés',
  otherDevices: 'Codes pour d’autres appareils',
  outcome: 'Résultat',
  pairing:
    '{state, select, requested {A demandé à ajouter une clé d’accès} confirmed {Confirmé} used {A ajouté une clé d’accès} refused {Refusé} cancelled {Annulé} other {Non utilisé}}',
  allowed: 'Autorisé',
  none: 'Aucun',
};
