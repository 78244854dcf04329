import type { PersonNamespace } from '../../catalogue';

export const signOut: PersonNamespace<'signOut'> = {
  title: 'Se déconnecter de {project} ?',
  lead: 'Vous serez déconnecté dans ce navigateur, ainsi que des applications que vous avez ouvertes depuis celui-ci.',
  leadFor:
    '{application} demande votre déconnexion. Vous serez déconnecté de {project} dans ce navigateur, ainsi que des applications que vous avez ouvertes depuis celui-ci.',
  invalid:
    'La demande de l’application ne correspond pas à ce qui est enregistré pour elle : vous êtes toujours connecté. Vous pouvez vous déconnecter ici ; l’application ne s’ouvrira pas ensuite.',
  button: 'Se déconnecter',
  stay: 'Rester connecté',
  doneTitle: 'Vous êtes déconnecté',
  doneLead: 'Vous n’êtes plus connecté à {project} dans ce navigateur.',
  back: 'Revenir à {application}',
  signIn: 'Se connecter',
};
