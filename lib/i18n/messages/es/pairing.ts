import type { PersonNamespace } from '../../catalogue';

export const pairing: PersonNamespace<'pairing'> = {
  action: 'Usar otro dispositivo',
  title: 'Añadir una llave de acceso en otro dispositivo',
  lead: 'Cree una llave de acceso en su teléfono u otro ordenador, sin iniciar sesión en él.',
  back: 'Volver a Cuenta y seguridad',
  reload: 'Recargar',
  reloadHelp:
    'Sin JavaScript, esta página no se actualiza sola. Recárguela después de cada paso en el otro dispositivo.',
  waiting: 'Esta página se actualiza sola.',
  offline: 'Sin conexión. La página sigue intentándolo.',
  start: {
    steps: 'Cómo funciona',
    first: 'Esta página muestra un código. Escanéelo con el otro dispositivo o escríbalo en él.',
    second: 'El otro dispositivo muestra un número. Compárelo aquí y confirme.',
    third: 'Cree la llave de acceso en el otro dispositivo. No se inicia sesión en él.',
    warning: 'Empiece solo si tiene el otro dispositivo delante. Nadie de {project} le pedirá nunca este código.',
    button: 'Mostrar el código',
    again: 'Mostrar un código nuevo',
  },
  open: {
    title: 'Escanee este código con el otro dispositivo',
    qr: 'Código QR que abre {address} en el otro dispositivo',
    orType: 'O abra allí esta dirección y escriba el código:',
    address: 'Dirección',
    code: 'Código',
    validUntil: 'Funciona una vez. Caduca <time></time>.',
    never: 'No envíe este código a nadie ni lo lea por teléfono.',
  },
  requested: {
    title: '¿Es este su dispositivo?',
    lead: 'Quiere añadir una llave de acceso a su cuenta. Después podrá iniciar sesión como usted.',
    device: 'Dispositivo',
    address: 'Dirección IP',
    number: 'Número',
    compare: 'Confirme solo si el dispositivo que tiene delante muestra el mismo número:',
    confirm: 'El número coincide',
    refuse: 'No es mi dispositivo',
  },
  confirmed: {
    title: 'Cree la llave de acceso en el otro dispositivo',
    lead: 'Ha confirmado {device}. Puede añadir una llave de acceso. Termina <time></time>.',
  },
  used: {
    title: 'Llave de acceso añadida',
    lead: '«{name}» se creó en {device}. Allí puede iniciar sesión con ella.',
    leadDeleted: 'Se creó una llave de acceso en {device}, que ya se ha eliminado.',
  },
  refused: {
    title: 'Se rechazó el dispositivo',
    lead: 'No se añadió nada. Si alguien le pidió el código, quería entrar en su cuenta.',
  },
  cancelled: { title: 'Cancelado', lead: 'No se añadió nada. El código ya no funciona.' },
  expired: {
    title: 'El código ha caducado',
    lead: 'No se añadió nada. Muestre un código nuevo para volver a intentarlo.',
  },
  cancel: 'Cancelar',
  add: {
    title: 'Añadir una llave de acceso a este dispositivo',
    lead: 'para una cuenta de {project}',
    code: 'Código',
    help: 'Las ocho letras y números que muestra su otro dispositivo. Las mayúsculas y los guiones no importan.',
    missing: 'Escriba el código que muestra su otro dispositivo.',
    continue: 'Continuar',
    where:
      'Para obtener un código, abra Cuenta y seguridad en un dispositivo en el que haya iniciado sesión y elija «Usar otro dispositivo».',
    ask: {
      title: '¿Añadir una llave de acceso para {account}?',
      titleWithoutAccount: '¿Añadir una llave de acceso para esta cuenta?',
      lead: 'en {project}',
      body: 'Después, este dispositivo inicia sesión en esa cuenta con huella, cara o bloqueo de pantalla. El otro dispositivo debe confirmarlo antes.',
      notYours:
        'Continúe solo si la cuenta es suya y ha abierto esta página desde su propio dispositivo. Si alguien le envió el código o el enlace, cierre esta página.',
      button: 'Preguntar al otro dispositivo',
      other: 'Escribir otro código',
      ended:
        'Este código ya no funciona: ya se usó, se canceló o ha caducado. Muestre uno nuevo en el otro dispositivo.',
    },
    requested: { title: 'Confirme en el otro dispositivo', lead: 'Debe mostrar este número:' },
    confirmed: {
      title: 'Cree una llave de acceso en este dispositivo',
      lead: 'El otro dispositivo lo ha confirmado. Termina <time></time>.',
      button: 'Crear una llave de acceso',
      needsScript: 'Las llaves de acceso necesitan JavaScript. Actívelo y recargue esta página.',
    },
    used: {
      title: 'Llave de acceso añadida',
      lead: 'Este dispositivo ya puede iniciar sesión con ella. Puede cerrar esta página.',
      signIn: 'Iniciar sesión',
    },
    refused: { title: 'El otro dispositivo lo rechazó', lead: 'No se añadió nada. Puede cerrar esta página.' },
    cancelled: { title: 'Cancelado', lead: 'No se añadió nada. Puede cerrar esta página.' },
    expired: {
      title: 'Se agotó el tiempo',
      lead: 'No se añadió nada. Muestre un código nuevo en el otro dispositivo.',
    },
    ended: {
      title: 'El otro dispositivo ya no tiene la sesión iniciada',
      lead: 'No se añadió nada. Inicie sesión en él y muestre un código nuevo.',
    },
  },
};
