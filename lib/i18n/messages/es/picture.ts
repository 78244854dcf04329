import type { PersonNamespace } from '../../catalogue';

export const picture: PersonNamespace<'picture'> = {
  title: 'Foto',
  help: 'Se muestra junto a su nombre. Las aplicaciones que use con esta cuenta pueden verla.',
  choose: 'Elegir foto',
  replace: 'Cambiar foto',
  remove: 'Quitar foto',
  formats:
    'PNG, JPEG o WebP. Usted elige qué parte se muestra; los datos de ubicación y de la cámara no salen de su dispositivo.',
  saved: 'La foto se ha guardado',
  removed: 'La foto se ha quitado',
  noScript: 'Para elegir una foto se necesita JavaScript.',
  crop: {
    title: 'Ajustar foto',
    help: 'Arrastre la foto o use los controles deslizantes.',
    zoom: 'Zoom',
    horizontal: 'Posición horizontal',
    vertical: 'Posición vertical',
    save: 'Guardar foto',
    saving: 'Guardando…',
  },
  fault: {
    size: 'Este archivo es demasiado grande. Use uno de 20 MB como máximo.',
    format: 'Use una imagen PNG, JPEG o WebP.',
    unreadable: 'Esta imagen no se puede leer. Puede que esté dañada.',
    encoding: 'Este navegador no puede preparar la foto. Pruebe con otro navegador.',
  },
};
