import type { PersonNamespace } from '../../catalogue';

export const signInAlert: PersonNamespace<'signInAlert'> = {
  title: '¿No ha sido usted?',
  lead: 'Esto cierra el inicio de sesión en {project} del que trata el correo.',
  effect: 'Después inicia sesión y ve sus llaves de acceso y sesiones. Elimine las llaves de acceso que no reconozca.',
  button: 'Cerrar esta sesión',
  expiredTitle: 'Este enlace ya no funciona',
  expiredBody: 'El enlace ya se ha usado o ha caducado. Inicie sesión para revisar sus llaves de acceso y sesiones.',
  expiredAction: 'Iniciar sesión',
};
