import type { PersonNamespace } from '../../catalogue';

export const settings: PersonNamespace<'settings'> = {
  title: 'Paramètres du compte',
  personal: {
    title: 'Informations personnelles',
    help: 'Comment on s’adresse à vous. Les applications que vous utilisez avec ce compte peuvent le voir.',
  },
  trait: {
    email: 'Adresse e-mail',
    first: 'Prénom',
    last: 'Nom',
    'academic-degree': 'Titre universitaire',
  },
  saving: 'Enregistrement…',
  yes: 'Oui',
  no: 'Non',
  readOnly: 'Seul un administrateur peut modifier ce champ.',
  violation: {
    required: 'Remplissez le champ {field}.',
    tooLong: 'Utilisez au plus {max, plural, one {# caractère} other {# caractères}}.',
    tooShort: 'Utilisez au moins {min, plural, one {# caractère} other {# caractères}}.',
    format: 'Vérifiez le format du champ {field}.',
    marks: 'Utilisez moins d’accents par caractère.',
    choice: 'Choisissez l’une des valeurs proposées.',
    taken: 'La valeur de {field} est déjà utilisée par un autre compte.',
    json: 'Ce n’est pas du JSON correct. Vérifiez les guillemets, les virgules et les crochets.',
    other: 'Vérifiez le champ {field}.',
  },
  email: {
    title: 'Adresse e-mail',
    help: 'Les codes de connexion et les avis de sécurité y sont envoyés.',
    others:
      'Vous pouvez aussi vous connecter avec {identifiers}. Si vous ne reconnaissez pas l’un de ces identifiants, contactez un administrateur.',
    change: 'Changer d’adresse e-mail',
    newEmail: 'Nouvelle adresse e-mail',
    send: 'Envoyer le code',
    sent: 'Nous avons envoyé un code à six chiffres à {email}. Le changement prend effet dès que vous le saisissez.',
    code: 'Code',
    verify: 'Vérifier',
    resend: 'Renvoyer',
    changed: 'Votre adresse e-mail est maintenant {email}.',
    same: 'C’est déjà votre adresse e-mail.',
    notice: 'Nous prévenons aussi {email}, pour que vous sachiez si quelqu’un d’autre la change.',
  },
  delete: {
    title: 'Supprimer le compte',
    help: 'Supprime votre profil, vos clés d’accès, vos sessions et vos informations enregistrées. C’est irréversible.',
    button: 'Supprimer le compte',
    dialogTitle: 'Supprimer le compte ?',
    dialogBody:
      'Cette suppression {passkeys, plural, =0 {} one {supprime une clé d’accès, } other {supprime # clés d’accès, }}met fin à {sessions, plural, one {une session} other {# sessions}} et efface tout ce qui est enregistré à votre sujet. C’est irréversible.',
  },
};
