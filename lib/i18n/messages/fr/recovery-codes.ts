import type { PersonNamespace } from '../../catalogue';

export const recoveryCodes: PersonNamespace<'recoveryCodes'> = {
  title: 'Codes de récupération',
  help: 'Chaque code vous connecte une fois si vous perdez vos appareils et votre messagerie. Conservez-les sur papier ou en lieu sûr.',
  none: 'Vous n’avez aucun code de récupération.',
  encouraged:
    'Vous n’avez aucun code de récupération. Créez-en maintenant, pour garder l’accès à votre compte si vous perdez vos appareils.',
  left: '{left, plural, =0 {Aucun code restant} one {Un code restant} other {# codes restants}} sur {total}, créés {date}.',
  few: '{left, plural, =0 {Tous vos codes sont utilisés. Créez-en de nouveaux.} one {Il ne reste qu’un code. Créez-en bientôt de nouveaux.} other {Il ne reste que # codes. Créez-en bientôt de nouveaux.}}',
  set: 'Créer des codes de récupération',
  manage: 'Gérer les codes de récupération',
  back: 'Retour à Compte et sécurité',
  about:
    'Avec votre adresse e-mail et l’un de dix codes, vous pouvez vous connecter sans clé d’accès et sans e-mail. Chaque code fonctionne une fois. Toute personne qui a un code et connaît votre adresse peut l’utiliser.',
  create: 'Créer des codes de récupération',
  replace: 'Créer de nouveaux codes',
  replaceHelp: 'Les nouveaux codes remplacent les précédents, qui ne fonctionnent plus.',
  replaceDialog: {
    title: 'Créer de nouveaux codes de récupération ?',
    body: '{left, plural, =0 {Vos codes précédents sont tous utilisés.} one {Votre code restant ne fonctionnera plus.} other {Vos # codes restants ne fonctionneront plus.}}',
  },
  remove: 'Supprimer les codes',
  removeDialog: {
    title: 'Supprimer vos codes de récupération ?',
    body: '{left, plural, =0 {Ils sont tous utilisés.} one {Votre code restant ne fonctionnera plus.} other {Vos # codes restants ne fonctionneront plus.}} Vos clés d’accès et la connexion par e-mail continuent de fonctionner.',
    confirm: 'Supprimer',
  },
  removed: 'Vos codes de récupération sont supprimés.',
  made: {
    title: 'Vos nouveaux codes de récupération',
    once: 'Ils ne sont affichés que maintenant. Imprimez-les ou téléchargez-les avant de quitter cette page.',
    list: 'Codes de récupération',
    print: 'Imprimer',
    download: 'Télécharger en texte',
    copy: 'Tout copier',
    done: 'Je les ai conservés',
    fileTitle: 'Codes de récupération pour {project}',
    fileHelp:
      'Pour vous connecter, ouvrez {address} et saisissez votre adresse e-mail et l’un de ces codes. Chaque code fonctionne une fois.',
    fileDate: 'Créés le {date}. De nouveaux codes les remplacent.',
  },
};
