import type { PersonNamespace } from '../../catalogue';

export const undo: PersonNamespace<'undo'> = {
  saved: 'Cambios guardados.',
  done: 'El cambio se ha deshecho.',
  refused: 'Este cambio no se ha deshecho',
  before: 'Antes del cambio',
  after: 'Después del cambio',
  now: 'Ahora',
  notSet: 'Sin definir',
  laterChange: 'Mostrar el cambio posterior',
};
