import type { PersonNamespace } from '../../catalogue';

export const mail: PersonNamespace<'mail'> = {
  greeting: 'Bonjour {name},',
  greetingWithoutName: 'Bonjour,',
  linkHint: 'Si le bouton ne fonctionne pas, ouvrez ce lien :',
  facts: {
    time: 'Date',
    device: 'Appareil',
    address: 'Adresse IP',
    place: 'Lieu',
  },
  device: '{browser} sur {system}',
  unknownDevice: 'Appareil inconnu',
  buttons: {
    signIn: 'Se connecter',
    createAccount: 'Créer le compte',
    acceptInvitation: 'Accepter l’invitation',
    checkAccount: 'Vérifier votre compte',
    checkSessions: 'Vérifier vos sessions',
    undo: 'Annuler le changement',
    addPasskey: 'Ajouter une clé d’accès',
  },
  footer: 'Cet e-mail a été envoyé à {email} en raison d’une activité sur :',
  sign_in: {
    subjectWithCode: '{code} est votre code de connexion',
    subject: 'Connexion à {project}',
    code: 'Votre code pour vous connecter à {project} :',
    link: 'Ou ouvrez ce lien pour vous connecter :',
    button: 'Se connecter',
    linkOnly: 'Ouvrez ce lien pour vous connecter à {project} :',
    validity:
      'Le code et le lien fonctionnent une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}. Le code fonctionne uniquement dans le navigateur où vous l’avez demandé.',
    validityLinkOnly:
      'Le lien fonctionne une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}.',
    ignore:
      'Si vous n’avez rien demandé, ignorez cet e-mail. Ne communiquez jamais le code, même à une personne qui prétend venir de {project}.',
    ignoreLinkOnly:
      'Si vous n’avez rien demandé, ignorez cet e-mail. Ne communiquez jamais le lien, même à une personne qui prétend venir de {project}.',
  },
  registration: {
    subjectWithCode: '{code} est votre code pour un nouveau compte',
    subject: 'Créez votre compte chez {project}',
    code: 'Votre code pour créer un compte chez {project} :',
    link: 'Ou ouvrez ce lien pour créer votre compte :',
    button: 'Créer le compte',
    linkOnly: 'Ouvrez ce lien pour créer votre compte chez {project} :',
    validity:
      'Le code et le lien fonctionnent une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}. Le code fonctionne uniquement dans le navigateur où vous l’avez demandé.',
    validityLinkOnly:
      'Le lien fonctionne une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}.',
    ignore:
      'Si vous n’avez rien demandé, ignorez cet e-mail ; aucun compte n’est créé. Ne communiquez jamais le code, même à une personne qui prétend venir de {project}.',
    ignoreLinkOnly:
      'Si vous n’avez rien demandé, ignorez cet e-mail ; aucun compte n’est créé. Ne communiquez jamais le lien, même à une personne qui prétend venir de {project}.',
  },
  registration_invitation: {
    subject: 'Vous êtes invité à rejoindre {project}',
    body: '{inviter} vous a invité à créer un compte chez {project}.',
    bodyWithoutInviter: 'Vous êtes invité à créer un compte chez {project}.',
    link: 'Ouvrez cette page et continuez avec l’adresse e-mail à laquelle ce message a été envoyé :',
    validity: 'L’invitation fonctionne une seule fois, jusqu’au {date}.',
    ignore: 'Si vous n’attendiez pas cet e-mail, ignorez-le.',
  },
  invitation: {
    subject: 'Votre compte chez {project}',
    body: '{inviter} a créé un compte pour vous chez {project}.',
    bodyWithoutInviter: 'Un compte a été créé pour vous chez {project}.',
    link: 'Pour vous connecter, ouvrez cette page et continuez avec {email} :',
    ignore: 'Si vous n’attendiez pas cet e-mail, ignorez-le.',
  },
  step_up: {
    subject: '{code} est votre code de confirmation',
    code: 'Votre code pour confirmer votre identité :',
    validity: 'Le code fonctionne une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}.',
    ignore:
      'Si vous n’avez rien demandé, quelqu’un d’autre utilise peut-être votre session. Fermez toutes les autres sessions :',
  },
  email_change_code: {
    subject: '{code} confirme votre nouvelle adresse e-mail',
    code: 'Votre code pour remplacer votre adresse e-mail par {newEmail} :',
    validity: 'Le code fonctionne une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}.',
    ignore: 'Si vous n’avez rien demandé, ignorez cet e-mail ; rien ne change.',
  },
  invitation_code: {
    subject: '{code} est votre code d’invitation',
    code: 'Votre code pour accepter une invitation chez {project} :',
    validity:
      'Le code fonctionne une seule fois, pendant {minutes, plural, one {une minute} other {# minutes}}, uniquement dans le navigateur où vous l’avez demandé.',
    ignore:
      'Si vous n’avez rien demandé, quelqu’un d’autre détient une invitation pour votre adresse. Ignorez cet e-mail. Ne communiquez jamais le code, même à une personne qui prétend venir de {project}.',
  },
  webhook_disabled: {
    subject: 'Webhook de {project} désactivé',
    body: '{reason, select, gone {Le destinataire {host} a répondu qu’il n’existe plus (410) : le webhook de {project} a été désactivé.} other {Pendant trois jours, aucune requête du webhook de {project} vers {host} n’a abouti : il a été désactivé.}}',
    log: 'Tant qu’il est désactivé, aucun événement n’est enregistré pour lui. Son journal montre les réponses :',
    button: 'Ouvrir le webhook',
  },
  operator_promoted: {
    subject: 'Vous êtes maintenant opérateur de {organization}',
    body: 'Vous êtes maintenant {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}} de {organization}.',
    signIn: 'Vous vous connectez désormais avec {email}. Les sessions, codes et liens antérieurs ont pris fin.',
    removed: 'Pour votre sécurité, tout ce que quelqu’un d’autre aurait pu ajouter à votre compte a été supprimé :',
    passkey: 'la clé d’accès « {name} »',
    identifier: 'la connexion avec {identifier}',
    wasntYou:
      'Si vous n’attendiez pas ce changement, contactez un propriétaire de {organization} et vérifiez votre compte :',
  },
  email_change_notice: {
    subject: 'Votre adresse e-mail chez {project} a été changée',
    body: '{by, select, administrator {Un administrateur a remplacé l’adresse e-mail de votre compte} other {L’adresse e-mail de votre compte a été remplacée}}. Elle était {oldEmail} et devient {newEmail}. Les codes de connexion sont désormais envoyés à la nouvelle adresse.',
    bodyWithoutNew:
      '{by, select, administrator {Un administrateur a remplacé l’adresse e-mail de votre compte} other {L’adresse e-mail de votre compte a été remplacée}}. {oldEmail} ne permet plus de vous connecter.',
    wasntYou:
      'Si ce n’était pas vous, contactez immédiatement {project}. Si vous êtes encore connecté, vérifiez vos sessions ici :',
    contact: 'Si vous n’attendiez pas ce changement, contactez {project}.',
    undo: 'Si ce n’était pas vous, ouvrez ce lien pour annuler le changement :',
    undoEffect:
      'Le lien fonctionne une seule fois, jusqu’au {date}. Il rétablit cette adresse, ferme toutes les sessions et supprime les clés d’accès ajoutées depuis le changement. S’il ne fonctionne plus, contactez {project}.',
  },
  email_changed: {
    subject: 'Votre adresse e-mail chez {project} a été changée',
    body: 'Un administrateur a fait de cette adresse celle de votre compte chez {project}. Les codes de connexion arrivent désormais ici.',
    ignore: 'Si vous n’avez pas de compte chez {project}, quelqu’un a mal saisi une adresse. Ignorez cet e-mail.',
  },
  email_change_undone: {
    subject: 'Le changement de votre adresse e-mail chez {project} a été annulé',
    back: '{email} est à nouveau l’adresse e-mail de votre compte. Toutes les sessions ont été fermées{count, plural, =0 {} one {, et une clé d’accès ajoutée depuis le changement a été supprimée} other {, et # clés d’accès ajoutées depuis le changement ont été supprimées}}.',
    next: 'Connectez-vous, puis vérifiez vos clés d’accès et l’activité récente :',
    gone: 'Le remplacement d’une adresse e-mail par {email} a été annulé depuis l’adresse précédente. {email} ne permet plus de se connecter à ce compte.',
  },
  recovery_issued: {
    subject: 'Un lien de récupération a été créé pour votre compte chez {project}',
    body: 'Un administrateur a créé un lien et un code qui permettent chacun une seule connexion à votre compte, jusqu’au {end}. L’administrateur vous les remet ; cet e-mail ne les contient pas.',
    wasntYou: 'Si vous ne l’avez pas demandé, contactez {project}.',
  },
  recovery_used: {
    subject: 'Connexion à votre compte chez {project} avec un lien de récupération',
    body: 'Quelqu’un s’est connecté à votre compte avec un lien ou un code de récupération fourni par un administrateur.',
    wasntYou: 'Si ce n’était pas vous, contactez {project} et fermez toutes les autres sessions :',
  },
  new_sign_in: {
    subject: 'Nouvelle connexion à votre compte chez {project}',
    body: 'Quelqu’un s’est connecté à votre compte chez {project} {method, select, passkey {avec une clé d’accès} code {avec un code reçu par e-mail} link {avec un lien reçu par e-mail} other {}}, dans un navigateur qui n’avait jamais été utilisé avec votre compte.',
    wasYou: 'Si c’était vous, vous n’avez rien à faire.',
    wasntYou: 'Si ce n’était pas vous, fermez cette connexion et vérifiez vos clés d’accès :',
    button: 'Ce n’était pas moi',
    effect: 'Le lien fonctionne une fois, jusqu’au {date}. Il indique ce qui va se passer avant tout changement.',
  },
  passkey_invitation: {
    subject: 'Ajoutez une clé d’accès à votre compte chez {project}',
    none: 'Votre compte chez {project} n’a pas encore de clé d’accès. Avec une clé d’accès, vous vous connectez par empreinte, visage ou verrouillage d’écran, sans attendre de code.',
    oneDevice:
      'Votre compte chez {project} a une seule clé d’accès, et elle n’est que sur un appareil. Ajoutez-en une autre, sur un autre appareil ou dans un gestionnaire de mots de passe, pour pouvoir encore vous connecter avec une clé d’accès si vous perdez cet appareil.',
    ignore:
      'Si vous ne voulez pas d’autre clé d’accès, ignorez cet e-mail. Rien ne change dans votre compte chez {project}.',
  },
  passkey_added: {
    subject: 'Une clé d’accès a été ajoutée à votre compte chez {project}',
    body: 'La clé d’accès « {name} » a été ajoutée à votre compte.',
    paired: 'Elle a été créée sur un autre appareil, confirmé dans l’une de vos sessions.',
    wasntYou: 'Si ce n’était pas vous, supprimez la clé d’accès et fermez toutes les autres sessions :',
  },
  passkey_deleted: {
    subject: 'Une clé d’accès a été supprimée de votre compte chez {project}',
    body: 'La clé d’accès « {name} » a été supprimée de votre compte. Elle ne permet plus de vous connecter.',
    wasntYou: 'Si ce n’était pas vous, fermez toutes les autres sessions et vérifiez vos clés d’accès :',
  },
  recovery_codes: {
    created: {
      subject: 'Nouveaux codes de récupération pour votre compte chez {project}',
      body: '{count, plural, one {Un code de récupération a été créé} other {# codes de récupération ont été créés}} pour votre compte. Les codes précédents ne fonctionnent plus. Chaque nouveau code vous connecte une fois.',
      wasntYou: 'Si ce n’était pas vous, fermez toutes les autres sessions et supprimez les codes :',
    },
    used: {
      subject: 'Un code de récupération de votre compte chez {project} a été utilisé',
      body: 'Quelqu’un s’est connecté à votre compte avec l’un de vos codes de récupération. {count, plural, =0 {Il ne reste aucun code. Créez-en de nouveaux.} one {Il reste un code.} other {Il reste # codes.}}',
      wasntYou: 'Si ce n’était pas vous, fermez toutes les autres sessions et créez de nouveaux codes :',
      endSignIn: 'Si ce n’était pas vous, fermez cette connexion, puis créez de nouveaux codes dans votre compte :',
    },
    revoked: {
      subject: 'Les codes de récupération de votre compte chez {project} ont été supprimés',
      body: 'Les codes de récupération de votre compte ont été supprimés. Ils ne vous connectent plus.',
      wasntYou: 'Si ce n’était pas vous, fermez toutes les autres sessions et vérifiez vos clés d’accès :',
    },
  },
  account_deletion_requested: {
    subject: 'Votre compte chez {project} va être supprimé',
    body: 'Vous avez demandé la suppression de votre compte chez {project}. Vous êtes déconnecté partout. Le compte et toutes les données vous concernant seront supprimés le {date}.',
    keep: 'Pour conserver votre compte, connectez-vous avant cette date. La connexion annule la suppression :',
    wasntYou:
      'Si ce n’était pas vous, connectez-vous, puis vérifiez vos clés d’accès et vos sessions. Si vous ne pouvez pas vous connecter, contactez {project}.',
  },
  account_kept: {
    subject: 'Votre compte chez {project} est conservé',
    body: '{reason, select, sign_in {Vous vous êtes connecté : votre compte chez {project} ne sera pas supprimé.} administrator {Un administrateur a annulé la suppression de votre compte chez {project}.} other {Le changement de votre adresse e-mail a été annulé : votre compte chez {project} ne sera pas supprimé non plus.}}',
    wasntYou: 'Si ce n’était pas vous, vérifiez vos clés d’accès et vos sessions :',
  },
  account_deleted: {
    subject: 'Votre compte chez {project} a été supprimé',
    body: 'Votre compte a été supprimé, ainsi que ses clés d’accès et ses sessions. C’est le dernier e-mail que nous vous envoyons.',
    bodyRestorable:
      'Votre compte a été supprimé et ses sessions ont été fermées. Il peut être restauré avec ses clés d’accès jusqu’au {date} ; il est ensuite supprimé définitivement, sans autre e-mail.',
    wasntYou: 'Si ce n’était pas vous, contactez {project}.',
  },
  account_restored: {
    subject: 'Votre compte chez {project} a été restauré',
    body: 'La suppression de votre compte a été annulée. Vous pouvez vous connecter comme avant. Les sessions, codes de récupération et liens antérieurs à la suppression ne fonctionnent plus.',
    wasntYou: 'Si votre compte doit rester supprimé, contactez {project}.',
  },
  operator_invitation: {
    subject: 'Invitation à gérer {project}',
    body: '{inviter} vous a invité à gérer {project} en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}.',
    bodyWithoutInviter:
      'Vous êtes invité à gérer {project} en tant que {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {opérateur}}.',
    link: 'Ouvrez ce lien pour accepter et créer votre clé d’accès :',
    validity: 'Le lien fonctionne une seule fois, jusqu’au {date}.',
    ignore: 'Si vous n’attendiez pas cet e-mail, ignorez-le.',
  },
  test: {
    subject: 'E-mail de test de {project}',
    body: 'Cet e-mail de test a été demandé dans la console. Les e-mails de {project} arrivent bien.',
  },
};
