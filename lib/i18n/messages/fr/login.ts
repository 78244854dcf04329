import type { PersonNamespace } from '../../catalogue';

export const login: PersonNamespace<'login'> = {
  title: 'Se connecter',
  lead: 'à {project}',
  newcomer: 'Première visite ? Saisissez votre adresse e-mail pour créer un compte.',
  newcomerInvited: 'Première visite ? Saisissez l’adresse e-mail à laquelle votre invitation a été envoyée.',
  email: 'Adresse e-mail',
  emailPlaceholder: 'nom@example.com',
  continue: 'Continuer',
  passkey: 'Se connecter avec une clé d’accès',
  passkeyWaiting: 'En attente de votre clé d’accès…',
  passkeyNeedsScript:
    'Les clés d’accès nécessitent JavaScript. Sans JavaScript, vous pouvez vous connecter avec votre adresse e-mail.',
  useRecoveryCode: 'Utiliser un code de récupération',
  signedOut: 'Vous êtes déconnecté.',
  sessionEnded: 'Votre session a pris fin. Connectez-vous pour continuer.',
  accountDeletion:
    'Votre compte sera supprimé dans {days, plural, one {un jour} other {# jours}}. Pour le conserver, connectez-vous avant.',
  accountDeleted: 'Votre compte a été supprimé.',
  signInDisowned: 'Cette connexion a été fermée. Connectez-vous pour vérifier vos clés d’accès et vos sessions.',
  emailChangeUndone:
    'Votre ancienne adresse e-mail a été rétablie et toutes les sessions ont été fermées. Connectez-vous à nouveau.',
  address: {
    missing: 'Saisissez votre adresse e-mail.',
    malformed: 'Saisissez une adresse e-mail telle que nom@example.com.',
  },
  code: {
    title: 'Consultez votre messagerie',
    lead: 'Si {email} permet de se connecter ici, vous recevrez un e-mail contenant un code à six chiffres et un lien.',
    leadOpen:
      'Vous recevrez à {email} un e-mail contenant un code à six chiffres et un lien, sauf si cette adresse ne peut pas être utilisée ici.',
    leadOpenLinkOnly:
      'Vous recevrez à {email} un e-mail contenant un lien, sauf si cette adresse ne peut pas être utilisée ici. Après de nombreux codes incorrects, les e-mails ne contiennent pas de code pendant une journée.',
    leadLinkOnly:
      'Si {email} permet de se connecter ici, vous recevrez un e-mail contenant un lien de connexion. Après de nombreux codes incorrects, les e-mails ne contiennent pas de code pendant une journée.',
    code: 'Code',
    help: 'Le code fonctionne pendant {minutes, plural, one {une minute} other {# minutes}}, uniquement dans ce navigateur. Il est vérifié dès que vous avez saisi les six chiffres.',
    verify: 'Vérifier',
    otherEmail: 'Utiliser une autre adresse e-mail',
    recoveryCode: 'Utiliser un code de récupération',
    missing: 'Saisissez le code à six chiffres reçu par e-mail.',
    spam: 'Pas d’e-mail ? Consultez vos courriers indésirables.',
  },
  link: {
    title: 'Se connecter',
    lead: 'Vous avez ouvert un lien de connexion à {project}.',
    leadWithEmail: 'Vous avez ouvert un lien de connexion à {project} en tant que {email}.',
    button: 'Se connecter',
    newTitle: 'Créez votre compte',
    newLead: 'chez {project}',
    newLeadWithEmail: 'chez {project}, avec {email}',
    newButton: 'Créer le compte',
    otherBrowser:
      'Ce lien a été demandé dans un autre navigateur. Continuez uniquement si vous faites confiance à cet appareil.',
    recovery: 'Un administrateur a créé ce lien pour une seule personne. Continuez uniquement s’il vous était destiné.',
    expiredTitle: 'Ce lien ne fonctionne plus',
    expiredBody:
      'Un lien de connexion fonctionne une seule fois et expire après quelques minutes. Demandez-en un nouveau.',
    expiredAction: 'Demander un nouveau lien',
  },
  undo: {
    title: 'Annuler votre changement d’adresse e-mail ?',
    lead: '{email} redevient l’adresse e-mail de votre compte chez {project}.',
    effect:
      'L’ensemble des sessions, codes et liens prennent fin, et les clés d’accès ajoutées depuis le changement sont supprimées. Connectez-vous ensuite avec cette adresse.',
    button: 'Annuler le changement',
    expiredTitle: 'Ce lien ne fonctionne plus',
    expiredBody:
      'Le changement a déjà été annulé, ou le lien a expiré. Si vous n’avez pas changé votre adresse e-mail, contactez {project}.',
    expiredAction: 'Se connecter',
  },
  recovery: {
    title: 'Se connecter avec un code de récupération',
    lead: 'à {project}',
    email: 'E-mail',
    emailHelp: 'Inutile pour un code donné par un administrateur.',
    code: 'Code de récupération',
    help: '24 lettres et chiffres : l’un de vos codes ou un code donné par un administrateur. La casse et les tirets n’ont pas d’importance.',
    missing: 'Saisissez le code de récupération à 24 caractères.',
    verify: 'Vérifier',
    back: 'Se connecter autrement',
  },
  details: {
    title: 'Créez votre compte',
    lead: 'chez {project}',
    help: '{email} est vérifiée. Encore quelques informations sont nécessaires.',
    button: 'Créer le compte',
    expired: 'Le délai est dépassé et aucun compte n’a été créé. Saisissez à nouveau votre adresse e-mail.',
  },
  offer: {
    recovered: {
      title: 'Ajouter une clé d’accès à cet appareil',
      body: 'Vous vous êtes connecté avec un code de récupération. Avec une clé d’accès, vous n’en aurez plus besoin.',
    },
    title: 'Créez une clé d’accès',
    body: 'La prochaine fois, connectez-vous avec votre empreinte, votre visage ou le verrouillage de votre écran au lieu d’un code reçu par e-mail.',
    button: 'Créer une clé d’accès',
    later: 'Pas maintenant',
    done: 'Clé d’accès créée. Utilisez-la lors de votre prochaine connexion.',
  },
};
