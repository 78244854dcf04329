import type { PersonNamespace } from '../../catalogue';

export const signInAlert: PersonNamespace<'signInAlert'> = {
  title: 'Cette connexion n’était pas la vôtre ?',
  lead: 'Ceci ferme la connexion à {project} dont parle l’e-mail.',
  effect:
    'Vous vous connectez ensuite et voyez vos clés d’accès et vos sessions. Supprimez les clés d’accès que vous ne reconnaissez pas.',
  button: 'Fermer cette connexion',
  expiredTitle: 'Ce lien ne fonctionne plus',
  expiredBody: 'Le lien a déjà été utilisé ou a expiré. Connectez-vous pour vérifier vos clés d’accès et vos sessions.',
  expiredAction: 'Se connecter',
};
