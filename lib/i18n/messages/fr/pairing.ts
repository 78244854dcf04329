import type { PersonNamespace } from '../../catalogue';

export const pairing: PersonNamespace<'pairing'> = {
  action: 'Utiliser un autre appareil',
  title: 'Ajouter une clé d’accès sur un autre appareil',
  lead: 'Créez une clé d’accès sur votre téléphone ou un autre ordinateur, sans vous y connecter.',
  back: 'Retour à Compte et sécurité',
  reload: 'Actualiser',
  reloadHelp:
    'Sans JavaScript, cette page ne s’actualise pas d’elle-même. Actualisez-la après chaque étape sur l’autre appareil.',
  waiting: 'Cette page s’actualise d’elle-même.',
  offline: 'Pas de connexion. La page continue d’essayer.',
  start: {
    steps: 'Comment ça marche',
    first: 'Cette page affiche un code. Scannez-le avec l’autre appareil ou saisissez-le sur celui-ci.',
    second: 'L’autre appareil affiche un nombre. Comparez-le ici et confirmez.',
    third: 'Créez la clé d’accès sur l’autre appareil. Il n’est pas connecté pour autant.',
    warning:
      'Ne commencez que si l’autre appareil est devant vous. Personne chez {project} ne vous demande jamais ce code.',
    button: 'Afficher le code',
    again: 'Afficher un nouveau code',
  },
  open: {
    title: 'Scannez ce code avec l’autre appareil',
    qr: 'Code QR qui ouvre {address} sur l’autre appareil',
    orType: 'Ou ouvrez-y cette adresse et saisissez le code :',
    address: 'Adresse',
    code: 'Code',
    validUntil: 'Fonctionne une fois. Expire <time></time>.',
    never: 'N’envoyez ce code à personne et ne le dictez pas au téléphone.',
  },
  requested: {
    title: 'Est-ce votre appareil ?',
    lead: 'Il veut ajouter une clé d’accès à votre compte. Il pourra ensuite se connecter à votre place.',
    device: 'Appareil',
    address: 'Adresse IP',
    number: 'Nombre',
    compare: 'Confirmez uniquement si l’appareil devant vous affiche le même nombre :',
    confirm: 'Le nombre est le même',
    refuse: 'Ce n’est pas mon appareil',
  },
  confirmed: {
    title: 'Créez la clé d’accès sur l’autre appareil',
    lead: 'Vous avez confirmé {device}. Il peut ajouter une clé d’accès. Fin <time></time>.',
  },
  used: {
    title: 'Clé d’accès ajoutée',
    lead: '« {name} » a été créée sur {device}. Vous pouvez vous y connecter avec elle.',
    leadDeleted: 'Une clé d’accès a été créée sur {device}, puis supprimée.',
  },
  refused: {
    title: 'L’appareil a été refusé',
    lead: 'Rien n’a été ajouté. Si quelqu’un vous a demandé le code, il voulait accéder à votre compte.',
  },
  cancelled: { title: 'Annulé', lead: 'Rien n’a été ajouté. Le code ne fonctionne plus.' },
  expired: { title: 'Le code a expiré', lead: 'Rien n’a été ajouté. Affichez un nouveau code pour réessayer.' },
  cancel: 'Annuler',
  add: {
    title: 'Ajouter une clé d’accès à cet appareil',
    lead: 'pour un compte chez {project}',
    code: 'Code',
    help: 'Les huit lettres et chiffres qu’affiche votre autre appareil. La casse et les tirets n’ont pas d’importance.',
    missing: 'Saisissez le code qu’affiche votre autre appareil.',
    continue: 'Continuer',
    where:
      'Pour obtenir un code, ouvrez Compte et sécurité sur un appareil où vous êtes connecté et choisissez « Utiliser un autre appareil ».',
    ask: {
      title: 'Ajouter une clé d’accès pour {account} ?',
      titleWithoutAccount: 'Ajouter une clé d’accès pour ce compte ?',
      lead: 'chez {project}',
      body: 'Cet appareil se connectera ensuite à ce compte par empreinte digitale, visage ou verrouillage d’écran. L’autre appareil doit d’abord confirmer.',
      notYours:
        'Continuez uniquement si ce compte est le vôtre et si vous avez ouvert cette page depuis votre propre appareil. Si quelqu’un vous a envoyé le code ou le lien, fermez cette page.',
      button: 'Demander à l’autre appareil',
      other: 'Saisir un autre code',
      ended:
        'Ce code ne fonctionne plus : il a déjà été utilisé, a été annulé ou a expiré. Affichez-en un nouveau sur l’autre appareil.',
    },
    requested: { title: 'Confirmez sur l’autre appareil', lead: 'Il doit afficher ce nombre :' },
    confirmed: {
      title: 'Créez une clé d’accès sur cet appareil',
      lead: 'L’autre appareil a confirmé. Fin <time></time>.',
      button: 'Créer une clé d’accès',
      needsScript: 'Les clés d’accès nécessitent JavaScript. Activez-le et actualisez cette page.',
    },
    used: {
      title: 'Clé d’accès ajoutée',
      lead: 'Cet appareil peut maintenant se connecter avec elle. Vous pouvez fermer cette page.',
      signIn: 'Se connecter',
    },
    refused: {
      title: 'L’autre appareil a refusé',
      lead: 'Rien n’a été ajouté. Vous pouvez fermer cette page.',
    },
    cancelled: { title: 'Annulé', lead: 'Rien n’a été ajouté. Vous pouvez fermer cette page.' },
    expired: {
      title: 'C’était trop long',
      lead: 'Rien n’a été ajouté. Affichez un nouveau code sur l’autre appareil.',
    },
    ended: {
      title: 'L’autre appareil n’est plus connecté',
      lead: 'Rien n’a été ajouté. Connectez-vous sur celui-ci et affichez un nouveau code.',
    },
  },
};
