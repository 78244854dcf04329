import type { PersonNamespace } from '../../catalogue';

export const authorize: PersonNamespace<'authorize'> = {
  signInLead: 'para continuar a {application}',
  confirmTitle: 'Confirme que es usted',
  confirmLead: '{application} le pide que vuelva a iniciar sesión.',
  notYou: '¿No es usted? Usar otra cuenta',
  ended: {
    title: 'Este inicio de sesión ha terminado',
    lead: 'Ya se completó o tardó más de diez minutos. Vuelva a la aplicación y empiece de nuevo.',
    open: 'Abrir {application}',
  },
  other: {
    title: 'Ha iniciado sesión',
    lead: 'Vuelva a la ventana en la que empezó a iniciar sesión en {application}.',
  },
  leave: {
    title: 'Ha iniciado sesión',
    lead: 'Se le llevará a {application}.',
    link: 'Continuar a {application}',
  },
  consent: {
    title: '¿Permitir que {application} inicie su sesión?',
    lead: 'Ha iniciado sesión en {project} como {name}.',
    learns: '{application} sabrá esto de usted',
    identifier: 'Identificador de la cuenta',
    offline: 'La aplicación podrá renovar su sesión en su ausencia, hasta que le retire el acceso.',
    foreign: 'Esta aplicación no pertenece a {project}. Se le llevará a {host}.',
    own: 'Se le llevará a {host}.',
    native: 'La respuesta va a un programa de este dispositivo ({host}). Permítalo solo si acaba de iniciarlo usted.',
    allow: 'Permitir',
    cancel: 'Cancelar',
    verified: '{email} (verificado)',
    unverified: '{email} (no verificado)',
  },
  refused: {
    title: 'No puede usar {application}',
    lead: 'Ha iniciado sesión como {name}. Esta cuenta no está entre las que pueden usarla. Consulte a su administrador.',
    back: 'Volver a {application}',
  },
  claims: {
    name: 'Nombre completo',
    given_name: 'Nombre',
    family_name: 'Apellidos',
    preferred_username: 'Nombre de usuario',
    locale: 'Idioma',
    updated_at: 'Último cambio de sus datos',
    email: 'Correo electrónico',
    groups: 'Grupos',
    picture: 'Foto',
  },
  faults: {
    unknown_application:
      'La aplicación que le ha enviado aquí no está registrada. Vuelva atrás y póngase en contacto con su administrador.',
    application_disabled: 'Esta aplicación está desactivada. Póngase en contacto con su administrador.',
    redirect_uri_missing:
      'La aplicación no ha indicado adónde llevarle después. Póngase en contacto con su administrador.',
    redirect_uri_unknown:
      'La aplicación ha pedido llevarle a una dirección que no está registrada. Póngase en contacto con su administrador.',
    request_expired: 'Este inicio de sesión ha terminado. Vuelva a la aplicación y empiece de nuevo.',
    other_browser: 'Este inicio de sesión empezó en otro navegador. Vuelva a la aplicación y empiece de nuevo.',
    notNavigated: 'Solo un navegador puede abrir esta dirección.',
  },
};
