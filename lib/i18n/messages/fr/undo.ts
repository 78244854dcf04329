import type { PersonNamespace } from '../../catalogue';

export const undo: PersonNamespace<'undo'> = {
  saved: 'Modifications enregistrées.',
  done: 'La modification a été annulée.',
  refused: 'Cette modification n’a pas été annulée',
  before: 'Avant la modification',
  after: 'Après la modification',
  now: 'Maintenant',
  notSet: 'Non défini',
  laterChange: 'Afficher la modification ultérieure',
};
