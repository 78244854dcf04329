import type { PersonNamespace } from '../../catalogue';

export const settings: PersonNamespace<'settings'> = {
  title: 'Ajustes de la cuenta',
  personal: {
    title: 'Datos personales',
    help: 'Cómo dirigirse a usted. Las aplicaciones que use con esta cuenta pueden verlo.',
  },
  trait: {
    email: 'Correo electrónico',
    first: 'Nombre',
    last: 'Apellidos',
    'academic-degree': 'Título académico',
  },
  saving: 'Guardando…',
  yes: 'Sí',
  no: 'No',
  readOnly: 'Solo un administrador puede cambiar esto.',
  violation: {
    required: 'Rellene el campo {field}.',
    tooLong: 'Use como máximo {max, plural, one {# carácter} other {# caracteres}}.',
    tooShort: 'Use al menos {min, plural, one {# carácter} other {# caracteres}}.',
    format: 'Revise el formato del campo {field}.',
    marks: 'Use menos acentos por carácter.',
    choice: 'Elija uno de los valores de la lista.',
    taken: 'Otra cuenta ya usa el valor de {field}.',
    json: 'No es JSON correcto. Revise las comillas, las comas y los corchetes.',
    other: 'Revise el campo {field}.',
  },
  email: {
    title: 'Correo electrónico',
    help: 'Aquí llegan los códigos de inicio de sesión y los avisos de seguridad.',
    others: 'También puede iniciar sesión con {identifiers}. Si no reconoce alguno, contacte con un administrador.',
    change: 'Cambiar correo electrónico',
    newEmail: 'Nuevo correo electrónico',
    send: 'Enviar código',
    sent: 'Hemos enviado un código de seis dígitos a {email}. El cambio se aplica cuando lo introduzca.',
    code: 'Código',
    verify: 'Verificar',
    resend: 'Reenviar',
    changed: 'Su correo electrónico es ahora {email}.',
    same: 'Este ya es su correo electrónico.',
    notice: 'También avisamos a {email}, para que sepa si otra persona lo cambia.',
  },
  delete: {
    title: 'Eliminar cuenta',
    help: 'Elimina su perfil, llaves de acceso, sesiones y datos guardados. No se puede deshacer.',
    button: 'Eliminar cuenta',
    dialogTitle: '¿Eliminar la cuenta?',
    dialogBody:
      'Esto {passkeys, plural, =0 {} one {elimina una llave de acceso, } other {elimina # llaves de acceso, }}cierra {sessions, plural, one {una sesión} other {# sesiones}} y borra todo lo que se guarda sobre usted. No se puede deshacer.',
  },
};
