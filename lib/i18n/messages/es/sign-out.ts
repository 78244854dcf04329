import type { PersonNamespace } from '../../catalogue';

export const signOut: PersonNamespace<'signOut'> = {
  title: '¿Cerrar la sesión en {project}?',
  lead: 'Se cerrará su sesión en este navegador y en las aplicaciones que haya abierto desde él.',
  leadFor:
    '{application} solicita cerrar su sesión. Se cerrará su sesión en {project} en este navegador y en las aplicaciones que haya abierto desde él.',
  invalid:
    'La solicitud de la aplicación no coincide con lo que está registrado para ella, así que su sesión sigue abierta. Puede cerrarla aquí; después no se abrirá la aplicación.',
  button: 'Cerrar sesión',
  stay: 'Mantener la sesión',
  doneTitle: 'Ha cerrado la sesión',
  doneLead: 'Ya no tiene una sesión abierta en {project} en este navegador.',
  back: 'Volver a {application}',
  signIn: 'Iniciar sesión',
};
