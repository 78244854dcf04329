import type { PersonNamespace } from '../../catalogue';

export const mail: PersonNamespace<'mail'> = {
  greeting: 'Hola, {name}:',
  greetingWithoutName: 'Hola:',
  linkHint: 'Si el botón no funciona, abra este enlace:',
  facts: {
    time: 'Fecha',
    device: 'Dispositivo',
    address: 'Dirección IP',
    place: 'Lugar',
  },
  device: '{browser} en {system}',
  unknownDevice: 'Dispositivo desconocido',
  buttons: {
    signIn: 'Iniciar sesión',
    createAccount: 'Crear cuenta',
    acceptInvitation: 'Aceptar la invitación',
    checkAccount: 'Revisar su cuenta',
    checkSessions: 'Revisar sus sesiones',
    undo: 'Deshacer el cambio',
    addPasskey: 'Añadir una llave de acceso',
  },
  footer: 'Este correo se envió a {email} por actividad en:',
  sign_in: {
    subjectWithCode: '{code} es su código de inicio de sesión',
    subject: 'Inicie sesión en {project}',
    code: 'Su código para iniciar sesión en {project}:',
    link: 'O abra este enlace para iniciar sesión:',
    button: 'Iniciar sesión',
    linkOnly: 'Abra este enlace para iniciar sesión en {project}:',
    validity:
      'El código y el enlace funcionan una vez, durante {minutes, plural, one {un minuto} other {# minutos}}. El código solo funciona en el navegador donde lo solicitó.',
    validityLinkOnly: 'El enlace funciona una vez, durante {minutes, plural, one {un minuto} other {# minutos}}.',
    ignore:
      'Si no lo ha solicitado, ignore este correo. No comparta nunca el código, ni siquiera con alguien que diga ser de {project}.',
    ignoreLinkOnly:
      'Si no lo ha solicitado, ignore este correo. No comparta nunca el enlace, ni siquiera con alguien que diga ser de {project}.',
  },
  registration: {
    subjectWithCode: '{code} es su código para una cuenta nueva',
    subject: 'Cree su cuenta en {project}',
    code: 'Su código para crear una cuenta en {project}:',
    link: 'O abra este enlace para crear su cuenta:',
    button: 'Crear cuenta',
    linkOnly: 'Abra este enlace para crear su cuenta en {project}:',
    validity:
      'El código y el enlace funcionan una vez, durante {minutes, plural, one {un minuto} other {# minutos}}. El código solo funciona en el navegador donde lo solicitó.',
    validityLinkOnly: 'El enlace funciona una vez, durante {minutes, plural, one {un minuto} other {# minutos}}.',
    ignore:
      'Si no lo ha solicitado, ignore este correo; no se crea ninguna cuenta. No comparta nunca el código, ni siquiera con alguien que diga ser de {project}.',
    ignoreLinkOnly:
      'Si no lo ha solicitado, ignore este correo; no se crea ninguna cuenta. No comparta nunca el enlace, ni siquiera con alguien que diga ser de {project}.',
  },
  registration_invitation: {
    subject: 'Invitación a {project}',
    body: '{inviter} le ha invitado a crear una cuenta en {project}.',
    bodyWithoutInviter: 'Se le invita a crear una cuenta en {project}.',
    link: 'Abra esta página y continúe con el correo electrónico al que se envió este mensaje:',
    validity: 'La invitación funciona una vez, hasta el {date}.',
    ignore: 'Si no lo esperaba, ignore este correo.',
  },
  invitation: {
    subject: 'Su cuenta en {project}',
    body: '{inviter} ha creado una cuenta para usted en {project}.',
    bodyWithoutInviter: 'Se ha creado una cuenta para usted en {project}.',
    link: 'Para iniciar sesión, abra esta página y continúe con {email}:',
    ignore: 'Si no lo esperaba, ignore este correo.',
  },
  step_up: {
    subject: '{code} es su código de confirmación',
    code: 'Su código para confirmar su identidad:',
    validity: 'El código funciona una vez, durante {minutes, plural, one {un minuto} other {# minutos}}.',
    ignore:
      'Si no lo ha solicitado, es posible que otra persona esté usando su sesión. Cierre todas las demás sesiones:',
  },
  email_change_code: {
    subject: '{code} confirma su nuevo correo electrónico',
    code: 'Su código para cambiar su correo electrónico a {newEmail}:',
    validity: 'El código funciona una vez, durante {minutes, plural, one {un minuto} other {# minutos}}.',
    ignore: 'Si no lo ha solicitado, ignore este correo; no cambia nada.',
  },
  invitation_code: {
    subject: '{code} es su código de invitación',
    code: 'Su código para aceptar una invitación en {project}:',
    validity:
      'El código funciona una vez, durante {minutes, plural, one {un minuto} other {# minutos}}, solo en el navegador donde lo solicitó.',
    ignore:
      'Si no lo ha solicitado, otra persona tiene una invitación para su dirección. Ignore este correo. No comparta nunca el código, ni siquiera con alguien que diga ser de {project}.',
  },
  webhook_disabled: {
    subject: 'Webhook de {project} desactivado',
    body: '{reason, select, gone {El receptor {host} respondió que ya no existe (410), por lo que se desactivó el webhook de {project}.} other {Durante tres días no se completó ninguna solicitud del webhook de {project} a {host}, por lo que se desactivó.}}',
    log: 'Mientras esté desactivado, no se registran eventos para él. Su registro muestra las respuestas:',
    button: 'Abrir el webhook',
  },
  operator_promoted: {
    subject: 'Ahora es operador de {organization}',
    body: 'Ahora es {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}} de {organization}.',
    signIn: 'Ahora inicia sesión con {email}. Las sesiones, códigos y enlaces anteriores han terminado.',
    removed: 'Por su seguridad, se ha eliminado todo lo que otra persona podría haber añadido a su cuenta:',
    passkey: 'la llave de acceso «{name}»',
    identifier: 'el inicio de sesión con {identifier}',
    wasntYou: 'Si no lo esperaba, contacte con un propietario de {organization} y revise su cuenta:',
  },
  email_change_notice: {
    subject: 'Se ha cambiado su correo electrónico en {project}',
    body: '{by, select, administrator {Un administrador cambió el correo electrónico de su cuenta} other {Se cambió el correo electrónico de su cuenta}} de {oldEmail} a {newEmail}. Los códigos de inicio de sesión llegan ahora a la nueva dirección.',
    bodyWithoutNew:
      '{by, select, administrator {Un administrador cambió el correo electrónico de su cuenta} other {Se cambió el correo electrónico de su cuenta}}. Con {oldEmail} ya no puede iniciar sesión.',
    wasntYou:
      'Si no ha sido usted, contacte de inmediato con {project}. Si aún tiene la sesión iniciada, revise sus sesiones aquí:',
    contact: 'Si no lo esperaba, contacte con {project}.',
    undo: 'Si no ha sido usted, abra este enlace para deshacer el cambio:',
    undoEffect:
      'El enlace funciona una vez, hasta el {date}. Restaura esta dirección, cierra todas las sesiones y elimina las llaves de acceso añadidas desde el cambio. Si ya no funciona, contacte con {project}.',
  },
  email_changed: {
    subject: 'Se ha cambiado su correo electrónico en {project}',
    body: 'Un administrador estableció esta dirección como correo electrónico de su cuenta en {project}. Los códigos de inicio de sesión llegan ahora aquí.',
    ignore: 'Si no tiene cuenta en {project}, alguien escribió mal una dirección. Ignore este correo.',
  },
  email_change_undone: {
    subject: 'Se ha deshecho el cambio de su correo electrónico en {project}',
    back: '{email} vuelve a ser el correo electrónico de su cuenta. Se cerraron todas las sesiones{count, plural, =0 {} one { y se eliminó una llave de acceso añadida desde el cambio} other { y se eliminaron # llaves de acceso añadidas desde el cambio}}.',
    next: 'Inicie sesión y revise sus llaves de acceso y la actividad reciente:',
    gone: 'Desde la dirección anterior se deshizo el cambio de un correo electrónico a {email}. Con {email} ya no se puede iniciar sesión en esa cuenta.',
  },
  recovery_issued: {
    subject: 'Se ha creado un enlace de recuperación para su cuenta en {project}',
    body: 'Un administrador creó un enlace y un código; cada uno permite iniciar sesión en su cuenta una vez, hasta el {end}. Se los da el administrador; este correo no los contiene.',
    wasntYou: 'Si no lo ha pedido, contacte con {project}.',
  },
  recovery_used: {
    subject: 'Inicio de sesión en su cuenta de {project} con un enlace de recuperación',
    body: 'Alguien inició sesión en su cuenta con un enlace o código de recuperación de un administrador.',
    wasntYou: 'Si no ha sido usted, contacte con {project} y cierre todas las demás sesiones:',
  },
  new_sign_in: {
    subject: 'Nuevo inicio de sesión en su cuenta en {project}',
    body: 'Alguien ha iniciado sesión en su cuenta en {project} {method, select, passkey {con una llave de acceso} code {con un código recibido por correo} link {con un enlace recibido por correo} other {}}, en un navegador que no se había usado antes con su cuenta.',
    wasYou: 'Si ha sido usted, no tiene que hacer nada.',
    wasntYou: 'Si no ha sido usted, cierre esta sesión y revise sus llaves de acceso:',
    button: 'No he sido yo',
    effect: 'El enlace funciona una vez, hasta el {date}. Muestra lo que ocurrirá antes de cambiar nada.',
  },
  passkey_invitation: {
    subject: 'Añada una llave de acceso a su cuenta en {project}',
    none: 'Su cuenta en {project} aún no tiene llave de acceso. Con una llave de acceso inicia sesión con la huella, la cara o el bloqueo de pantalla, sin esperar un código.',
    oneDevice:
      'Su cuenta en {project} tiene una sola llave de acceso, y solo está en un dispositivo. Añada otra, en otro dispositivo o en un gestor de contraseñas, para poder seguir entrando con una llave de acceso si pierde ese dispositivo.',
    ignore: 'Si no quiere otra llave de acceso, ignore este correo. Nada cambia en su cuenta en {project}.',
  },
  passkey_added: {
    subject: 'Se ha añadido una llave de acceso a su cuenta en {project}',
    body: 'Se añadió la llave de acceso «{name}» a su cuenta.',
    paired: 'Se creó en otro dispositivo, que se confirmó en una de sus sesiones.',
    wasntYou: 'Si no ha sido usted, elimine la llave de acceso y cierre todas las demás sesiones:',
  },
  passkey_deleted: {
    subject: 'Se ha eliminado una llave de acceso de su cuenta en {project}',
    body: 'Se eliminó la llave de acceso «{name}» de su cuenta. Ya no permite iniciar sesión.',
    wasntYou: 'Si no ha sido usted, cierre todas las demás sesiones y revise sus llaves de acceso:',
  },
  recovery_codes: {
    created: {
      subject: 'Nuevos códigos de recuperación para su cuenta de {project}',
      body: '{count, plural, one {Se ha creado un código de recuperación} other {Se han creado # códigos de recuperación}} para su cuenta. Los códigos anteriores ya no funcionan. Cada código nuevo inicia sesión una vez.',
      wasntYou: 'Si no ha sido usted, cierre todas las demás sesiones y elimine los códigos:',
    },
    used: {
      subject: 'Se ha usado un código de recuperación de su cuenta de {project}',
      body: 'Alguien ha iniciado sesión en su cuenta con uno de sus códigos de recuperación. {count, plural, =0 {No queda ningún código. Cree otros nuevos.} one {Queda un código.} other {Quedan # códigos.}}',
      wasntYou: 'Si no ha sido usted, cierre todas las demás sesiones y cree códigos nuevos:',
      endSignIn: 'Si no ha sido usted, cierre esta sesión y después cree códigos nuevos en su cuenta:',
    },
    revoked: {
      subject: 'Se han eliminado los códigos de recuperación de su cuenta de {project}',
      body: 'Se han eliminado los códigos de recuperación de su cuenta. Ya no sirven para iniciar sesión.',
      wasntYou: 'Si no ha sido usted, cierre todas las demás sesiones y revise sus llaves de acceso:',
    },
  },
  account_deletion_requested: {
    subject: 'Se eliminará su cuenta en {project}',
    body: 'Ha solicitado eliminar su cuenta en {project}. Se ha cerrado la sesión en todas partes. La cuenta y todos los datos sobre usted se eliminarán el {date}.',
    keep: 'Para conservar su cuenta, inicie sesión antes de esa fecha. Al iniciar sesión se cancela la eliminación:',
    wasntYou:
      'Si no ha sido usted, inicie sesión y revise sus llaves de acceso y sesiones. Si no puede iniciar sesión, contacte con {project}.',
  },
  account_kept: {
    subject: 'Su cuenta en {project} se conserva',
    body: '{reason, select, sign_in {Ha iniciado sesión, por lo que su cuenta en {project} no se eliminará.} administrator {Un administrador ha cancelado la eliminación de su cuenta en {project}.} other {Se ha deshecho el cambio de su dirección de correo, por lo que su cuenta en {project} tampoco se eliminará.}}',
    wasntYou: 'Si no ha sido usted, revise sus llaves de acceso y sesiones:',
  },
  account_deleted: {
    subject: 'Se ha eliminado su cuenta en {project}',
    body: 'Se eliminó su cuenta, junto con sus llaves de acceso y sesiones. Este es el último correo que le enviamos.',
    bodyRestorable:
      'Se eliminó su cuenta y se cerraron sus sesiones. Puede restaurarse con sus llaves de acceso hasta el {date}; después se elimina definitivamente, sin más correos.',
    wasntYou: 'Si no ha sido usted, contacte con {project}.',
  },
  account_restored: {
    subject: 'Se ha restaurado su cuenta en {project}',
    body: 'Se deshizo la eliminación de su cuenta. Puede iniciar sesión como antes. Las sesiones, los códigos de recuperación y los enlaces anteriores a la eliminación ya no funcionan.',
    wasntYou: 'Si su cuenta debe seguir eliminada, contacte con {project}.',
  },
  operator_invitation: {
    subject: 'Invitación para gestionar {project}',
    body: '{inviter} le ha invitado a gestionar {project} como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}.',
    bodyWithoutInviter:
      'Se le invita a gestionar {project} como {role, select, owner {propietario} admin {administrador} viewer {lector} other {operador}}.',
    link: 'Abra este enlace para aceptar y crear su llave de acceso:',
    validity: 'El enlace funciona una vez, hasta el {date}.',
    ignore: 'Si no lo esperaba, ignore este correo.',
  },
  test: {
    subject: 'Correo de prueba de {project}',
    body: 'Este correo de prueba se solicitó en la consola. Los correos de {project} llegan correctamente.',
  },
};
