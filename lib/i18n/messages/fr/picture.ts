import type { PersonNamespace } from '../../catalogue';

export const picture: PersonNamespace<'picture'> = {
  title: 'Photo',
  help: 'Affichée à côté de votre nom. Les applications que vous utilisez avec ce compte peuvent la voir.',
  choose: 'Choisir une photo',
  replace: 'Remplacer la photo',
  remove: 'Supprimer la photo',
  formats:
    'PNG, JPEG ou WebP. Vous choisissez la partie à afficher ; les données de lieu et d’appareil photo restent sur votre appareil.',
  saved: 'La photo a été enregistrée',
  removed: 'La photo a été supprimée',
  noScript: 'JavaScript est nécessaire pour choisir une photo.',
  crop: {
    title: 'Ajuster la photo',
    help: 'Faites glisser la photo ou utilisez les curseurs.',
    zoom: 'Zoom',
    horizontal: 'Position horizontale',
    vertical: 'Position verticale',
    save: 'Enregistrer la photo',
    saving: 'Enregistrement…',
  },
  fault: {
    size: 'Ce fichier est trop volumineux. Utilisez un fichier de 20 Mo au maximum.',
    format: 'Utilisez une image PNG, JPEG ou WebP.',
    unreadable: 'Cette image est illisible. Elle est peut-être endommagée.',
    encoding: 'Ce navigateur ne peut pas préparer la photo. Essayez avec un autre navigateur.',
  },
};
