import type { PersonNamespace } from '../../catalogue';

export const authorize: PersonNamespace<'authorize'> = {
  signInLead: 'pour continuer vers {application}',
  confirmTitle: 'Confirmez qu’il s’agit de vous',
  confirmLead: '{application} vous demande de vous connecter à nouveau.',
  notYou: 'Ce n’est pas vous ? Utiliser un autre compte',
  ended: {
    title: 'Cette connexion est terminée',
    lead: 'Elle est déjà achevée ou a duré plus de dix minutes. Revenez à l’application et recommencez.',
    open: 'Ouvrir {application}',
  },
  other: {
    title: 'Vous êtes connecté',
    lead: 'Revenez à la fenêtre où vous avez commencé à vous connecter à {application}.',
  },
  leave: {
    title: 'Vous êtes connecté',
    lead: 'Vous êtes redirigé vers {application}.',
    link: 'Continuer vers {application}',
  },
  consent: {
    title: 'Autoriser {application} à vous connecter ?',
    lead: 'Vous êtes connecté à {project} en tant que {name}.',
    learns: 'Ce que {application} apprend sur vous',
    identifier: 'Identifiant du compte',
    offline:
      'L’application peut renouveler votre connexion en votre absence, jusqu’à ce que vous lui retiriez l’accès.',
    foreign: 'Cette application n’appartient pas à {project}. Vous serez redirigé vers {host}.',
    own: 'Vous serez redirigé vers {host}.',
    native:
      'La réponse va à un programme de cet appareil ({host}). N’autorisez que si vous venez de le lancer vous-même.',
    allow: 'Autoriser',
    cancel: 'Annuler',
    verified: '{email} (vérifiée)',
    unverified: '{email} (non vérifiée)',
  },
  refused: {
    title: 'Vous ne pouvez pas utiliser {application}',
    lead: 'Vous êtes connecté en tant que {name}. Ce compte ne fait pas partie de ceux qui peuvent l’utiliser. Adressez-vous à votre administrateur.',
    back: 'Retour à {application}',
  },
  claims: {
    name: 'Nom complet',
    given_name: 'Prénom',
    family_name: 'Nom de famille',
    preferred_username: 'Nom d’utilisateur',
    locale: 'Langue',
    updated_at: 'Dernière modification de vos données',
    email: 'Adresse e-mail',
    groups: 'Groupes',
    picture: 'Photo',
  },
  faults: {
    unknown_application:
      'L’application qui vous a envoyé ici n’est pas enregistrée. Revenez en arrière et contactez son administrateur.',
    application_disabled: 'Cette application est désactivée. Contactez son administrateur.',
    redirect_uri_missing: 'L’application n’a pas indiqué où vous rediriger ensuite. Contactez son administrateur.',
    redirect_uri_unknown:
      'L’application a demandé de vous rediriger vers une adresse qui n’est pas enregistrée. Contactez son administrateur.',
    request_expired: 'Cette connexion est terminée. Revenez à l’application et recommencez.',
    other_browser: 'Cette connexion a commencé dans un autre navigateur. Revenez à l’application et recommencez.',
    notNavigated: 'Seul un navigateur peut ouvrir cette adresse.',
  },
};
