import type { PersonNamespace } from '../../catalogue';

export const setup: PersonNamespace<'setup'> = {
  title: 'Configurer {project}',
  lead: 'Saisissez vos informations et créez une clé d’accès. Vous devenez propriétaire de cette installation.',
  first: 'Prénom',
  last: 'Nom',
  email: 'Adresse e-mail',
  emailHelp: 'Les codes de connexion et les avis de sécurité y sont envoyés.',
  emailTaken:
    'Une personne ayant cette adresse a déjà un compte. Utilisez une autre adresse, ou invitez cette personne depuis le terminal : npm run signet -- operator invite --email {email} --role owner',
  button: 'Créer une clé d’accès et terminer',
  working: 'En attente de votre clé d’accès…',
  needsScript: 'Les clés d’accès nécessitent JavaScript. Activez-le pour cette page, puis rechargez-la.',
  pending: {
    title: '{project} n’est pas encore configuré',
    lead: 'Pour le configurer, ouvrez le lien que le serveur a affiché dans son terminal. Un redémarrage affiche un nouveau lien.',
  },
  expiredTitle: 'Ce lien de configuration ne fonctionne plus',
  expiredBody:
    'Il a déjà été utilisé, ou le serveur a été redémarré. Le lien le plus récent figure dans le terminal du serveur.',
  doneTitle: 'Cette installation est déjà configurée',
  doneBody: 'Connectez-vous, ou demandez une invitation à un propriétaire.',
  signIn: 'Aller à la connexion',
  removals: {
    title: 'Pour votre sécurité, ces éléments sont supprimés de votre compte :',
    passkey: 'la clé d’accès « {name} », ajoutée le {date}',
    identifier: 'la connexion avec {identifier}',
  },
  invitation: {
    title: 'Rejoindre {organization}',
    lead: '{email} est invité en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}. Créez une clé d’accès pour accepter.',
    button: 'Créer une clé d’accès et rejoindre',
    signInLead: '{email} a déjà un compte ici. Connectez-vous d’abord, puis acceptez l’invitation.',
    signIn: 'Se connecter',
    otherPerson: 'Cette invitation est destinée à {email}, mais vous êtes connecté en tant que {current}.',
    switchPerson: 'Se déconnecter et continuer',
    mailboxLead:
      '{email} est invité en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}. Confirmez d’abord que vous recevez les e-mails à cette adresse.',
    sendCode: 'Recevoir un code par e-mail',
    codeLead: 'Un e-mail contenant un code à six chiffres est en route vers {email}.',
    signInAgainLead:
      'Pour accepter, connectez-vous à nouveau avec un code que nous envoyons à {email}. Cela garantit que vous seul contrôlez le compte.',
    signInAgain: 'Se reconnecter',
    acceptLead:
      'Vous êtes invité en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}. Ensuite, vous vous connectez avec {email} et la clé d’accès que vous utilisez maintenant. Les autres clés d’accès sont supprimées, et les autres sessions prennent fin.',
    joinLead:
      'Vous êtes invité en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}. Créez une clé d’accès pour accepter. Ensuite, vous vous connectez avec {email}, et vos autres sessions prennent fin.',
    accept: 'Accepter',
    expiredTitle: 'Ce lien ne fonctionne plus',
    expiredBody:
      'Il a déjà été utilisé ou a expiré. Si vous avez un compte ici, connectez-vous ; sinon, demandez une nouvelle invitation à un propriétaire.',
  },
};
