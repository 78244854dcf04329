import type { PersonNamespace } from '../../catalogue';

export const login: PersonNamespace<'login'> = {
  title: 'Iniciar sesión',
  lead: 'en {project}',
  newcomer: '¿Es su primera vez aquí? Introduzca su correo electrónico para crear una cuenta.',
  newcomerInvited: '¿Es su primera vez aquí? Introduzca el correo electrónico al que se envió su invitación.',
  email: 'Correo electrónico',
  emailPlaceholder: 'nombre@example.com',
  continue: 'Continuar',
  passkey: 'Iniciar sesión con una llave de acceso',
  passkeyWaiting: 'Esperando su llave de acceso…',
  passkeyNeedsScript:
    'Las llaves de acceso necesitan JavaScript. Sin él, puede iniciar sesión con su correo electrónico.',
  useRecoveryCode: 'Usar un código de recuperación',
  signedOut: 'Ha cerrado la sesión.',
  sessionEnded: 'Su sesión ha terminado. Inicie sesión para continuar.',
  accountDeletion:
    'Su cuenta se eliminará dentro de {days, plural, one {un día} other {# días}}. Para conservarla, inicie sesión antes.',
  accountDeleted: 'Su cuenta se ha eliminado.',
  signInDisowned: 'Ese inicio de sesión se ha cerrado. Inicie sesión para revisar sus llaves de acceso y sesiones.',
  emailChangeUndone:
    'Se ha restaurado su correo electrónico anterior y se han cerrado todas las sesiones. Inicie sesión de nuevo.',
  address: {
    missing: 'Introduzca su correo electrónico.',
    malformed: 'Introduzca un correo electrónico como nombre@example.com.',
  },
  code: {
    title: 'Revise su correo',
    lead: 'Si {email} puede iniciar sesión aquí, recibirá un correo con un código de seis dígitos y un enlace.',
    leadOpen:
      'Recibirá en {email} un correo con un código de seis dígitos y un enlace, salvo que esa dirección no se pueda usar aquí.',
    leadOpenLinkOnly:
      'Recibirá en {email} un correo con un enlace, salvo que esa dirección no se pueda usar aquí. Tras muchos códigos incorrectos, los correos no incluyen código durante un día.',
    leadLinkOnly:
      'Si {email} puede iniciar sesión aquí, recibirá un correo con un enlace de inicio de sesión. Tras muchos códigos incorrectos, los correos no incluyen código durante un día.',
    code: 'Código',
    help: 'El código funciona durante {minutes, plural, one {un minuto} other {# minutos}}, solo en este navegador. Se comprueba en cuanto introduce los seis dígitos.',
    verify: 'Verificar',
    otherEmail: 'Usar otro correo electrónico',
    recoveryCode: 'Usar un código de recuperación',
    missing: 'Introduzca el código de seis dígitos del correo.',
    spam: '¿No le ha llegado? Mire en la carpeta de correo no deseado.',
  },
  link: {
    title: 'Iniciar sesión',
    lead: 'Ha abierto un enlace de inicio de sesión de {project}.',
    leadWithEmail: 'Ha abierto un enlace de inicio de sesión de {project} como {email}.',
    button: 'Iniciar sesión',
    newTitle: 'Cree su cuenta',
    newLead: 'en {project}',
    newLeadWithEmail: 'en {project}, con {email}',
    newButton: 'Crear cuenta',
    otherBrowser: 'Este enlace se solicitó en otro navegador. Continúe solo si confía en este dispositivo.',
    recovery: 'Un administrador creó este enlace para una sola persona. Continúe solo si era para usted.',
    expiredTitle: 'Este enlace ya no funciona',
    expiredBody: 'Un enlace de inicio de sesión funciona una vez y caduca a los pocos minutos. Solicite uno nuevo.',
    expiredAction: 'Solicitar un enlace nuevo',
  },
  undo: {
    title: '¿Deshacer el cambio de correo electrónico?',
    lead: '{email} vuelve a ser el correo electrónico de su cuenta en {project}.',
    effect:
      'Terminan todas las sesiones, códigos y enlaces, y se eliminan las llaves de acceso añadidas desde el cambio. Después, inicie sesión con esta dirección.',
    button: 'Deshacer el cambio',
    expiredTitle: 'Este enlace ya no funciona',
    expiredBody:
      'El cambio ya se deshizo o el enlace ha caducado. Si no cambió su correo electrónico, contacte con {project}.',
    expiredAction: 'Iniciar sesión',
  },
  recovery: {
    title: 'Iniciar sesión con un código de recuperación',
    lead: 'en {project}',
    email: 'Correo electrónico',
    emailHelp: 'No hace falta para un código de un administrador.',
    code: 'Código de recuperación',
    help: '24 letras y números: uno de sus códigos o un código de un administrador. Las mayúsculas y los guiones no importan.',
    missing: 'Introduzca el código de recuperación de 24 caracteres.',
    verify: 'Verificar',
    back: 'Iniciar sesión de otra forma',
  },
  details: {
    title: 'Cree su cuenta',
    lead: 'en {project}',
    help: '{email} está verificado. Faltan algunos datos.',
    button: 'Crear cuenta',
    expired: 'Ha tardado demasiado y no se ha creado ninguna cuenta. Introduzca de nuevo su correo electrónico.',
  },
  offer: {
    recovered: {
      title: 'Añadir una llave de acceso a este dispositivo',
      body: 'Ha iniciado sesión con un código de recuperación. Con una llave de acceso no necesitará ninguno la próxima vez.',
    },
    title: 'Cree una llave de acceso',
    body: 'La próxima vez, inicie sesión con su huella, su rostro o el bloqueo de pantalla en lugar de un código por correo.',
    button: 'Crear una llave de acceso',
    later: 'Ahora no',
    done: 'Llave de acceso creada. Úsela la próxima vez que inicie sesión.',
  },
};
