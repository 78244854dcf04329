import type { PersonNamespace } from '../../catalogue';

export const setup: PersonNamespace<'setup'> = {
  title: 'Configurar {project}',
  lead: 'Introduzca sus datos y cree una llave de acceso. Será el propietario de esta instalación.',
  first: 'Nombre',
  last: 'Apellidos',
  email: 'Correo electrónico',
  emailHelp: 'Aquí llegan los códigos de inicio de sesión y los avisos de seguridad.',
  emailTaken:
    'Alguien con esta dirección ya tiene una cuenta. Use otra o invite a esa persona desde el terminal: npm run signet -- operator invite --email {email} --role owner',
  button: 'Crear una llave de acceso y terminar',
  working: 'Esperando su llave de acceso…',
  needsScript: 'Las llaves de acceso necesitan JavaScript. Actívelo para esta página y recárguela.',
  pending: {
    title: '{project} aún no está configurado',
    lead: 'Para configurarlo, abra el enlace que el servidor mostró en su terminal. Al reiniciarlo se muestra un enlace nuevo.',
  },
  expiredTitle: 'Este enlace de configuración ya no funciona',
  expiredBody:
    'Ya se ha usado o el servidor se ha reiniciado. El enlace más reciente está en el terminal del servidor.',
  doneTitle: 'Esta instalación ya está configurada',
  doneBody: 'Inicie sesión o pida una invitación a un propietario.',
  signIn: 'Ir al inicio de sesión',
  removals: {
    title: 'Por su seguridad, se elimina lo siguiente de su cuenta:',
    passkey: 'la llave de acceso «{name}», añadida el {date}',
    identifier: 'el inicio de sesión con {identifier}',
  },
  invitation: {
    title: 'Unirse a {organization}',
    lead: '{email} tiene una invitación como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}. Cree una llave de acceso para aceptarla.',
    button: 'Crear una llave de acceso y unirse',
    signInLead: '{email} ya tiene una cuenta aquí. Inicie sesión primero y acepte después la invitación.',
    signIn: 'Iniciar sesión',
    otherPerson: 'Esta invitación es para {email}, pero ha iniciado sesión como {current}.',
    switchPerson: 'Cerrar sesión y continuar',
    mailboxLead:
      '{email} tiene una invitación como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}. Confirme primero que recibe correo en esta dirección.',
    sendCode: 'Enviarme un código por correo',
    codeLead: 'Hay un correo con un código de seis dígitos en camino a {email}.',
    signInAgainLead:
      'Para aceptar, inicie sesión de nuevo con un código que enviamos a {email}. Así se garantiza que solo usted controla la cuenta.',
    signInAgain: 'Iniciar sesión de nuevo',
    acceptLead:
      'Tiene una invitación como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}. A partir de entonces, iniciará sesión con {email} y la llave de acceso que usa ahora. Las demás llaves de acceso se eliminan y las demás sesiones terminan.',
    joinLead:
      'Tiene una invitación como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}. Cree una llave de acceso para aceptarla. A partir de entonces, iniciará sesión con {email} y sus demás sesiones terminarán.',
    accept: 'Aceptar',
    expiredTitle: 'Este enlace ya no funciona',
    expiredBody:
      'Ya se ha usado o ha caducado. Si tiene una cuenta aquí, inicie sesión; si no, pida una nueva invitación a un propietario.',
  },
};
