import type { PersonNamespace } from '../../catalogue';

export const recoveryCodes: PersonNamespace<'recoveryCodes'> = {
  title: 'Códigos de recuperación',
  help: 'Cada código inicia sesión una vez si pierde sus dispositivos y su buzón. Guárdelos en papel o en un lugar seguro.',
  none: 'No tiene códigos de recuperación.',
  encouraged:
    'No tiene códigos de recuperación. Cree algunos ahora, para no quedarse fuera si pierde sus dispositivos.',
  left: '{left, plural, =0 {No queda ningún código} one {Queda un código} other {Quedan # códigos}} de {total}, creados {date}.',
  few: '{left, plural, =0 {Ha usado todos sus códigos. Cree otros nuevos.} one {Solo queda un código. Cree pronto otros nuevos.} other {Solo quedan # códigos. Cree pronto otros nuevos.}}',
  set: 'Crear códigos de recuperación',
  manage: 'Gestionar los códigos de recuperación',
  back: 'Volver a Cuenta y seguridad',
  about:
    'Con su correo electrónico y uno de diez códigos puede iniciar sesión sin llave de acceso y sin correo. Cada código funciona una vez. Cualquiera que tenga un código y conozca su dirección puede usarlo.',
  create: 'Crear códigos de recuperación',
  replace: 'Crear códigos nuevos',
  replaceHelp: 'Los códigos nuevos sustituyen a los anteriores, que dejan de funcionar.',
  replaceDialog: {
    title: '¿Crear códigos de recuperación nuevos?',
    body: '{left, plural, =0 {Ya ha usado todos los códigos anteriores.} one {El código que queda dejará de funcionar.} other {Los # códigos que quedan dejarán de funcionar.}}',
  },
  remove: 'Eliminar los códigos',
  removeDialog: {
    title: '¿Eliminar sus códigos de recuperación?',
    body: '{left, plural, =0 {Ya se han usado todos.} one {El código que queda dejará de funcionar.} other {Los # códigos que quedan dejarán de funcionar.}} Sus llaves de acceso y el inicio de sesión por correo siguen funcionando.',
    confirm: 'Eliminar',
  },
  removed: 'Sus códigos de recuperación se han eliminado.',
  made: {
    title: 'Sus nuevos códigos de recuperación',
    once: 'Solo se muestran ahora. Imprímalos o descárguelos antes de salir de esta página.',
    list: 'Códigos de recuperación',
    print: 'Imprimir',
    download: 'Descargar como texto',
    copy: 'Copiar todos',
    done: 'Los he guardado',
    fileTitle: 'Códigos de recuperación de {project}',
    fileHelp:
      'Para iniciar sesión, abra {address} y escriba su correo electrónico y uno de estos códigos. Cada código funciona una vez.',
    fileDate: 'Creados el {date}. Los códigos nuevos sustituyen a estos.',
  },
};
